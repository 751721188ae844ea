using ActorOps.Client.Gates;
using ActorOps.Client.Wire;

namespace ActorOps.Client.Tests.Gates;

public sealed class GateMemoryFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Trips_and_applied_controls_survive_a_restart()
    {
        var path = _directory.File("gate.json");
        var trip = new StandingTrip(Guid.NewGuid(), "firm", "KILLED");
        var control = Guid.NewGuid();
        var first = new GateMemoryFile(path);
        first.Save([trip], []);
        Assert.True(first.TryBegin(control));
        Assert.False(first.TryBegin(control));
        var second = new GateMemoryFile(path);
        Assert.Equal([trip], second.Current.Trips);
        Assert.False(second.TryBegin(control));
    }

    [Fact]
    public void A_damaged_file_is_kept_aside()
    {
        var path = _directory.File("gate.json");
        File.WriteAllText(path, "{\"trips\":[");
        Assert.Empty(new GateMemoryFile(path).Current.Trips);
        Assert.True(File.Exists(path + ".damaged"));
    }

    [Fact]
    public void A_disk_that_does_not_take_it_is_told_about_and_tried_again_and_never_blocks_an_order()
    {
        var troubles = new List<string>();
        var folder = _directory.File("later");
        var memory = new GateMemoryFile(Path.Combine(folder, "gate.json"), troubles.Add);
        var trip = new StandingTrip(Guid.NewGuid(), "firm", "KILLED");
        memory.Save([trip], []);
        Assert.True(memory.TryBegin(Guid.NewGuid()));
        Assert.Equal(2, troubles.Count);
        Directory.CreateDirectory(folder);
        memory.Save([trip], []);
        Assert.Equal([trip], new GateMemoryFile(Path.Combine(folder, "gate.json")).Current.Trips);
    }

    [Fact]
    public void The_list_of_applied_controls_is_bounded()
    {
        var memory = new GateMemoryFile(null);
        for (var i = 0; i < 1500; i++)
        {
            Assert.True(memory.TryBegin(Guid.NewGuid()));
        }

        Assert.Equal(1000, memory.Current.Applied.Count);
    }
}
