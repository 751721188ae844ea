using ActorOps.Storage.DataDirectories;

namespace ActorOps.Storage.Tests.DataDirectories;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_first_open_writes_the_manifest_and_later_ones_keep_it()
    {
        Guid id;
        using (var first = DataDirectory.Open(_directory.Path, "n"))
        {
            Assert.True(first.IsNew);
            id = first.Manifest.StoreId;
        }

        using var second = DataDirectory.Open(_directory.Path, "n");
        Assert.False(second.IsNew);
        Assert.Equal(id, second.Manifest.StoreId);
    }

    [Fact]
    public void A_second_holder_is_refused_and_told_who_has_it()
    {
        using var first = DataDirectory.Open(_directory.Path, "n");
        var error = Assert.Throws<StoreRefusedException>(() => DataDirectory.Open(_directory.Path, "n"));
        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"storeId\":\"0199a6c4-0000-7000-8000-000000000000\",\"layoutVersion\":99,\"nodeId\":\"n\"}", "newer version")]
    [InlineData("{\"storeId\":", "damaged")]
    public void A_newer_or_damaged_manifest_is_refused(string manifest, string expected)
    {
        File.WriteAllText(_directory.File("manifest.json"), manifest);
        var error = Assert.Throws<StoreRefusedException>(() => DataDirectory.Open(_directory.Path, "n"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(manifest, File.ReadAllText(_directory.File("manifest.json")));
    }

    [Fact]
    public void A_path_that_cannot_be_a_directory_is_refused_with_the_setting_to_change()
    {
        File.WriteAllText(_directory.File("file"), string.Empty);
        var error = Assert.Throws<StoreRefusedException>(() => DataDirectory.Open(_directory.File("file/data"), "n"));
        Assert.Contains("actorops.data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_nodes_directory_is_refused_and_both_names_are_said()
    {
        using (DataDirectory.Open(_directory.Path, "node-a"))
        {
        }

        var error = Assert.Throws<StoreRefusedException>(() => DataDirectory.Open(_directory.Path, "node-b"));
        Assert.Contains("'node-a'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'node-b'", error.Message, StringComparison.Ordinal);
        Assert.Contains("actorops.node.id = node-a", error.Message, StringComparison.Ordinal);
        using var own = DataDirectory.Open(_directory.Path, "node-a");
        Assert.False(own.IsNew);
    }
}
