using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;
using ActorOps.Cluster.Tests.Grants;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Cluster.Tests.Nodes;

public class ClusterNodeTests
{
    private static readonly ClusterNodeOptions Options = new() { Node = "a", Cluster = "test", Description = new NodeDescription("eu", [], "x", "0", 1, 1) };

    [Fact]
    public async Task A_refusal_says_what_is_in_the_way()
    {
        var time = new VirtualTimeProvider();
        var store = new InMemoryCluster(time);
        var refused = await Assert.ThrowsAsync<JoinRefusedException>(() => ClusterNode.JoinAsync(Options with { Cluster = "elsewhere" }, store, new LocalDoorbell(), time, NullLogger.Instance));
        Assert.Equal("wrong-cluster", refused.Code);
    }

    [Fact]
    public async Task A_join_whose_answer_was_lost_is_made_again_as_the_same_life()
    {
        var time = new VirtualTimeProvider();
        var store = new InMemoryCluster(time);
        var session = JoinSession.Begin(time);
        await store.JoinAsync(new JoinRequest("a", session.Id, "test", Options.Description, Options.Ttl));
        await using var again = await ClusterNode.JoinAsync(Options, store, new LocalDoorbell(), time, NullLogger.Instance, session);
        Assert.Equal(new NodeKey("a", 1), again.Lease.Key);
        var stranger = await Assert.ThrowsAsync<JoinRefusedException>(() => ClusterNode.JoinAsync(Options, store, new LocalDoorbell(), time, NullLogger.Instance));
        Assert.Equal("already-running", stranger.Code);
    }

    [Fact]
    public async Task A_node_that_takes_long_to_get_ready_keeps_its_life_meanwhile()
    {
        var time = new VirtualTimeProvider();
        var store = new InMemoryCluster(time);
        await using var node = await ClusterNode.JoinAsync(Options, store, new LocalDoorbell(), time, NullLogger.Instance);
        for (var passed = TimeSpan.Zero; passed < 4 * Options.Ttl; passed += Options.RenewEvery)
        {
            var beats = node.View.Members[0].Beats;
            time.Advance(1.1 * Options.RenewEvery);
            await Waiting.For(() => node.View.Members[0].Beats > beats);
        }

        Assert.Equal((MemberState.Joining, false), (node.View.Members[0].State, node.View.Members[0].IsExpired));
        Assert.True(await node.StartAsync());
        Assert.True(node.Lease.IsTrusted);
    }

    [Fact]
    public async Task A_life_that_was_ended_before_it_was_up_never_comes_up()
    {
        var time = new VirtualTimeProvider();
        var store = new InMemoryCluster(time);
        await using var node = await ClusterNode.JoinAsync(Options, store, new LocalDoorbell(), time, NullLogger.Instance);
        Assert.Equal(EvictResult.Evicted, await store.EvictAsync(node.Lease.Key, 0, proven: true));
        Assert.False(await node.StartAsync());
        Assert.True(node.Lease.Fenced.IsCancellationRequested);
        Assert.False(node.Lease.IsTrusted);
    }

    [Fact]
    public async Task A_node_that_is_asked_to_end_before_it_is_up_leaves_like_any_other()
    {
        var time = new VirtualTimeProvider();
        var store = new InMemoryCluster(time);
        await using var node = await ClusterNode.JoinAsync(Options, store, new LocalDoorbell(), time, NullLogger.Instance);
        Assert.True(await node.LeaveAsync(() => Task.CompletedTask));
        Assert.Equal(MemberState.Removed, (await ((IMembershipTable)store).ReadAsync()).Find(node.Lease.Key)!.State);
    }

    [Fact]
    public async Task A_store_that_is_away_when_the_node_is_ready_is_asked_again_and_an_answer_that_was_lost_is_found()
    {
        var time = new VirtualTimeProvider();
        var store = new InMemoryCluster(time);
        await using var node = await ClusterNode.JoinAsync(Options, store, new LocalDoorbell(), time, NullLogger.Instance);
        Assert.True(await store.MoveAsync(node.Lease.Key, MemberState.Joining, MemberState.Up));
        store.CutOff("a", true);
        var starting = node.StartAsync();
        time.Advance(3 * Options.RenewEvery);
        Assert.False(starting.IsCompleted);
        store.CutOff("a", false);
        await Waiting.For(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            return starting.IsCompleted;
        });
        Assert.True(await starting);
    }

    [Fact]
    public async Task A_node_that_was_paused_finds_its_trust_over_when_it_wakes_before_any_timer_has_run()
    {
        await using var cluster = new GrantCluster(sticky: true);
        await cluster.StartAsync("a");
        await cluster.UntilAsync(() => cluster["a"].View.Members[0].Beats > 0);
        var lease = cluster["a"].Lease;
        Assert.True(lease.IsTrusted);
        cluster.Store.CutOff("a", true);
        cluster.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.False(lease.IsTrusted);
    }

    [Fact]
    public async Task Work_that_hangs_never_holds_up_a_renewal()
    {
        var time = new VirtualTimeProvider();
        var store = new InMemoryCluster(time);
        var node = await ClusterNode.JoinAsync(Options, store, new LocalDoorbell(), time, NullLogger.Instance);
        var hangs = new TaskCompletionSource();
        node.Follow(_ => hangs.Task);
        await node.StartAsync();
        await Waiting.For(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            return node.View.Members[0].Beats > 10;
        });
        Assert.True(node.Lease.IsTrusted);
        hangs.SetResult();
        await node.DisposeAsync();
    }

    [Fact]
    public async Task One_silent_node_of_two_is_declared_down_by_the_other_and_its_next_life_is_a_new_one()
    {
        await using var cluster = new GrantCluster(sticky: true);
        await cluster.StartAsync("a");
        await cluster.StartAsync("b");
        await cluster.UntilAsync(() => cluster["b"].View.Members.Count == 2);
        await cluster.KillAsync("a");
        await cluster.UntilAsync(() => cluster["b"].View.Members[0].State == MemberState.Down);
        await cluster.StartAsync("a");
        Assert.Equal(new NodeKey("a", 2), cluster["a"].Lease.Key);
    }

    [Fact]
    public async Task A_store_that_was_away_costs_nobody_its_membership()
    {
        await using var cluster = new GrantCluster(sticky: true);
        foreach (var name in new[] { "a", "b", "c" })
        {
            await cluster.StartAsync(name);
        }

        await cluster.UntilAsync(() => cluster["a"].View.Members.Count == 3);
        foreach (var name in new[] { "a", "b", "c" })
        {
            cluster.Store.CutOff(name, true);
        }

        await cluster.PassAsync(TimeSpan.FromSeconds(20));
        foreach (var name in new[] { "a", "b", "c" })
        {
            cluster.Store.CutOff(name, false);
        }

        await cluster.PassAsync(TimeSpan.FromSeconds(4));
        Assert.All(cluster["a"].View.Members, member => Assert.Equal(MemberState.Up, member.State));
        Assert.All(cluster["a"].View.Members, member => Assert.Equal(1, member.Key.Incarnation));
    }
}
