using ActorOps.Kernel.Persistence;

namespace ActorOps.Kernel.Tests.Persistence;

public class RecoveryTests
{
    [Fact]
    public void The_newest_snapshot_and_the_events_after_it_give_the_state_and_so_many_are_kept() => Simulation.ForSeeds(5, sim =>
    {
        var world = WithSnapshots(sim);
        Assert.Equal([6, 9], world.Snapshots.Of("counter").Select(snapshot => snapshot.SequenceNumber));
        world.Start();
        Assert.Equal(11, world.Add(1));
        Assert.Contains("recovered 10 at 10", world.Log);
    });

    [Theory]
    [InlineData("{ torn")]
    [InlineData("null")]
    [InlineData("[1,2]")]
    public void A_snapshot_that_cannot_be_read_gives_way_to_an_older_one(string payload) => Simulation.ForSeeds(3, sim =>
    {
        var world = WithSnapshots(sim);
        sim.Run(() => world.Snapshots.SaveAsync(new Snapshot("counter", 9, payload), keep: 2).AsTask());
        world.Start();
        Assert.Equal(11, world.Add(1));
    });

    [Fact]
    public void Without_any_readable_snapshot_the_whole_stream_is_read() => Simulation.ForSeeds(3, sim =>
    {
        var world = WithSnapshots(sim);
        foreach (var sequence in new[] { 6, 9 })
        {
            sim.Run(() => world.Snapshots.SaveAsync(new Snapshot("counter", sequence, "?"), keep: 2).AsTask());
        }

        world.Start();
        Assert.Equal(11, world.Add(1));
        Assert.Equal(2, sim.Logs.WithId(1007).Count);
    });

    [Fact]
    public void A_snapshot_ahead_of_the_journal_is_not_believed() => Simulation.ForSeeds(3, sim =>
    {
        var world = WithSnapshots(sim);
        sim.Run(() => world.Snapshots.SaveAsync(new Snapshot("counter", 50, """{"Total":1000000,"Events":50}"""), keep: 2).AsTask());
        world.Start();
        Assert.Equal(11, world.Add(1));
        Assert.Single(sim.Logs.WithId(1007));
    });

    [Fact]
    public void A_read_that_fails_or_hangs_is_a_supervised_failure_and_the_next_attempt_succeeds() => Simulation.ForSeeds(10, sim =>
    {
        var world = WithSnapshots(sim);
        world.Journal.FailReads();
        world.Journal.HangReads();
        world.Start();
        sim.Advance(TimeSpan.FromSeconds(29));
        Assert.Single(sim.Logs.WithId(1000));
        sim.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, sim.Logs.WithId(1000).Count);
        Assert.All(sim.Logs.WithId(1000), line => Assert.IsType<JournalUnavailableException>(line.Exception));
        Assert.Equal(11, world.Add(1));
    });

    [Fact]
    public void A_million_events_are_recovered() => Simulation.ForSeeds(1, sim =>
    {
        var world = new EventSourcedActorTests.World(sim, start: false);
        for (var batch = 0; batch < 1000; batch++)
        {
            var entries = Enumerable.Repeat(new JournalEntry("counter.added.v1", """{"$type":"counter.added.v1","Amount":1}"""), 1000).ToList();
            sim.Run(() => world.Inner.AppendAsync(new AppendRequest("counter", batch * 1000, null, Guid.CreateVersion7(), entries)).AsTask());
        }

        world.Start();
        Assert.Equal(1_000_001, world.Add(1));
        Assert.Equal(1_000_001, Assert.Single(world.Snapshots.Of("counter")).SequenceNumber);
    });

    /// <summary>Ten events, snapshots at 3, 6 and 9, of which two are kept; the actor is stopped.</summary>
    private static EventSourcedActorTests.World WithSnapshots(Simulation sim)
    {
        var world = new EventSourcedActorTests.World(sim, snapshotEvery: 3);
        for (var i = 0; i < 10; i++)
        {
            world.Add(1);
        }

        world.Stop();
        return world;
    }
}
