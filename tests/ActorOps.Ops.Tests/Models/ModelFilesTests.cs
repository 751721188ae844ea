using System.Security.Cryptography;
using System.Text;
using ActorOps.Ops.Models;

namespace ActorOps.Ops.Tests.Models;

public sealed class ModelFilesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ModelFiles _models;

    public ModelFilesTests() => _models = new ModelFiles(_directory.Path);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Only_what_exists_is_validated_and_is_what_was_validated_can_be_used()
    {
        Put("good", validated: true);
        Put("raw", validated: false);
        Put("bad", validated: true, quarantined: true);
        Put("damaged", validated: true);
        File.WriteAllText(_directory.File("versions/damaged/model.bin"), "other");
        Put("gone", validated: true);
        File.Delete(_directory.File("versions/gone/model.bin"));
        Assert.Null(_models.ProblemOf("m", "good"));
        foreach (var (version, why) in ((string, string)[])[("raw", "not validated"), ("bad", "quarantined"), ("damaged", "sha256"), ("gone", "missing"), ("none", "there is no"), ("..", "not a valid version"), ("a/b", "not a valid version")])
        {
            Assert.Contains(why, _models.ProblemOf("m", version), StringComparison.Ordinal);
        }

        Assert.Contains("holds m good", _models.ProblemOf("other", "good"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pointer_moves_in_one_step_and_a_second_time_changes_nothing()
    {
        Put("1", validated: true);
        Put("2", validated: true);
        File.Copy(_directory.File("versions/1/model_info.json"), _directory.File("last_good_model.json"));
        _models.Activate("m", "2");
        Assert.Equal(("2", "1"), (_models.Active("m")!.Version, _models.LastGood("m")!.Version));
        _models.Activate("m", "1");
        _models.Activate("m", "1");
        Assert.Equal("1", _models.Active("m")!.Version);
        Assert.Equal(["model_info.json"], Directory.GetFiles(_directory.File("active")).Select(Path.GetFileName));
    }

    [Fact]
    public void Several_models_have_a_folder_each()
    {
        Directory.CreateDirectory(_directory.File("m/active"));
        File.WriteAllText(_directory.File("m/active/model_info.json"), """{"model":"m","version":"7"}""");
        Assert.Equal("7", _models.Active("m")!.Version);
        Assert.Null(_models.Active("n"));
    }

    [Fact]
    public void A_pointer_that_cannot_be_read_is_said_and_not_taken_for_none()
    {
        Directory.CreateDirectory(_directory.File("active"));
        File.WriteAllText(_directory.File("active/model_info.json"), "{");
        Assert.Contains("model_info", Assert.Throws<IOException>(() => _models.Active("m")).Message, StringComparison.Ordinal);
    }

    private void Put(string version, bool validated, bool quarantined = false)
    {
        var folder = Directory.CreateDirectory(_directory.File($"versions/{version}")).FullName;
        File.WriteAllText(Path.Combine(folder, "model.bin"), version);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version)));
        File.WriteAllText(Path.Combine(folder, "model_info.json"), $$"""{"model":"m","version":"{{version}}","artefact":"model.bin","sha256":"{{hash}}","validated":{{(validated ? "true" : "false")}},"quarantined":{{(quarantined ? "true" : "false")}}}""");
    }
}
