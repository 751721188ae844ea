using ActorOps.Storage.DataDirectories;

namespace ActorOps.Storage.Tests.DataDirectories;

public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode Loose = (UnixFileMode)0b111_101_101;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Opening_a_directory_takes_the_rights_of_others_away_from_all_that_is_in_it()
    {
        var data = _directory.File("data");
        using (DataDirectory.Open(data, "n"))
        {
        }

        Directory.CreateDirectory(Path.Combine(data, "logs/old"));
        File.WriteAllText(Path.Combine(data, "logs/old/app.log"), "x");
        foreach (var path in (string[])[data, Path.Combine(data, "logs"), Path.Combine(data, "logs/old"), Path.Combine(data, "logs/old/app.log"), Path.Combine(data, "manifest.json")])
        {
            File.SetUnixFileMode(path, Loose);
        }

        using var opened = DataDirectory.Open(data, "n");
        Assert.Equal(PrivateFiles.Directory, File.GetUnixFileMode(data));
        Assert.Equal(PrivateFiles.Directory, File.GetUnixFileMode(Path.Combine(data, "logs/old")));
        Assert.Equal((UnixFileMode)0, File.GetUnixFileMode(Path.Combine(data, "logs/old/app.log")) & (UnixFileMode)0b000_111_111);
        Assert.Equal((UnixFileMode)0, File.GetUnixFileMode(Path.Combine(data, "manifest.json")) & (UnixFileMode)0b000_111_111);
    }

    [Fact]
    public void New_files_of_the_process_are_for_its_owner_only()
    {
        using var opened = DataDirectory.Open(_directory.File("data"), "n");
        var path = Path.Combine(opened.Path, "sub/file");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
        Assert.Equal(PrivateFiles.File, File.GetUnixFileMode(path));
        Assert.Equal(PrivateFiles.Directory, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_directory_with_other_peoples_things_in_it_is_not_closed()
    {
        File.WriteAllText(_directory.File("readme"), "x");
        File.SetUnixFileMode(_directory.File("readme"), Loose);
        using var opened = DataDirectory.Open(_directory.Path, "n");
        Assert.Equal(Loose, File.GetUnixFileMode(_directory.File("readme")));
    }
}
