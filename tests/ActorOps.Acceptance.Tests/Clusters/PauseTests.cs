using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Gates;

namespace ActorOps.Acceptance.Tests.Clusters;

/// <summary>Nodes that stand still and wake up in a world that has gone on.</summary>
[Trait("Needs", "Postgres")]
public class PauseTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(7, true)]
    public Task A_paused_node_does_nothing_with_a_stale_epoch_when_it_wakes(int seconds, bool isReplaced) => PauseAsync(seconds, isReplaced);

    [Fact]
    [Trait("Category", "Soak")]
    public Task A_node_that_was_paused_for_a_minute_rejoins() => Environment.GetEnvironmentVariable("ACTOROPS_SOAK_ROUNDS") is null ? Task.CompletedTask : PauseAsync(60, isReplaced: true);

    private static async Task PauseAsync(int seconds, bool isReplaced)
    {
        await using var cluster = await ClusterTrading.StartAsync(3, hasManagers: true, isReplaced ? [] : [ClusterTrading.Steady]);
        cluster.StartDesk();
        await cluster.TradesAsync();
        await cluster.TripAsync(0, "strategy/before");
        var holder = (await cluster.SingletonAsync(0, "kill-switch")).Node;
        var witness = cluster.Other(holder);
        var paused = cluster.NodeOf(holder);
        var pid = paused.Pid;
        ManagedProcess.Signal(pid, "STOP");
        var stoppedAt = BootClock.Now();
        var during = cluster.TripAsync(witness, "strategy/during");
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        ManagedProcess.Signal(pid, "CONT");
        await during;
        if (isReplaced)
        {
            // Declared down while it stood still: it learns so, ends with 75, and its manager brings it back as another life.
            await paused.Process.ExpectAsync("ended with code 75");
            await Waiting.For(async () => (await cluster.MembersAsync(witness)).Single(member => member.Node == holder) is { State: "Up", Incarnation: 2 }, TimeSpan.FromSeconds(40));
            Assert.NotEqual(holder, (await cluster.SingletonAsync(witness, "kill-switch")).Node);
        }
        else
        {
            await Waiting.For(async () => (await cluster.MembersAsync(witness)).Single(member => member.Node == holder) is { State: "Up", Incarnation: 1, LastHeartbeatAgeMs: < 1500 }, TimeSpan.FromSeconds(10));
            Assert.Equal(pid, paused.Pid);
        }

        // Wherever the trip was made, every node has it, also the one that slept through it.
        await Waiting.For(async () => (await cluster.KillSwitchAsync(cluster.Nodes.ToList().IndexOf(paused))).Trips.Any(trip => trip.Scope == "strategy/during"), TimeSpan.FromSeconds(10));
        await cluster.TradesAsync(stoppedAt + (long)(seconds * 1e9));
        (await cluster.HistoryAsync()).Check(cluster.Acknowledged.Keys);
    }
}
