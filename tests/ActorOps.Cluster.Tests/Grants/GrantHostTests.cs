using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Tests.Grants;

public class GrantHostTests
{
    [Fact]
    public async Task A_singleton_starts_on_its_best_place_and_stays_when_others_come()
    {
        await using var cluster = new GrantCluster(sticky: true, "kill-switch");
        await cluster.StartAsync("a");
        await cluster.UntilAsync(() => cluster.ActiveOn("a").Count == 1);
        await cluster.StartAsync("b");
        await cluster.StartAsync("c");
        await cluster.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["kill-switch"], cluster.ActiveOn("a"));
        Assert.Single(cluster.Store.History);
    }

    [Fact]
    public async Task A_dead_nodes_singleton_is_taken_after_its_lease_with_a_higher_epoch()
    {
        await using var cluster = new GrantCluster(sticky: true, "kill-switch");
        await cluster.StartAsync("a");
        await cluster.UntilAsync(() => cluster.ActiveOn("a").Count == 1);
        await cluster.StartAsync("b");
        await cluster.UntilAsync(() => cluster["b"].View.Members.Count == 2);
        var died = cluster.Time.GetUtcNow();
        await cluster.KillAsync("a");
        await cluster.UntilAsync(() => cluster.ActiveOn("b").Count == 1);
        Assert.InRange(cluster.Time.GetUtcNow() - died, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8));
        Assert.True(cluster.Store.History[1].Epoch > cluster.Store.History[0].Epoch);
    }

    [Fact]
    public async Task A_node_that_is_cut_off_stops_before_anybody_takes_over_and_comes_back_by_itself_when_nobody_has()
    {
        await using var cluster = new GrantCluster(sticky: true, "kill-switch");
        await cluster.StartAsync("a");
        await cluster.UntilAsync(() => cluster.ActiveOn("a").Count == 1);
        cluster.Store.CutOff("a", true);
        await cluster.UntilAsync(() => cluster.Working.IsEmpty);
        Assert.False(cluster["a"].Lease.IsTrusted);
        cluster.Store.CutOff("a", false);
        await cluster.UntilAsync(() => cluster.ActiveOn("a").Count == 1);
        Assert.Single(cluster.Store.History);
        await cluster.StartAsync("b");
        await cluster.UntilAsync(() => cluster["b"].View.Members.Count == 2);
        cluster.Store.CutOff("a", true);
        await cluster.UntilAsync(() =>
        {
            Assert.True(cluster.Working.Count <= 1, "two nodes work at once");
            return cluster.ActiveOn("b").Count == 1;
        });
        cluster.Store.CutOff("a", false);
        await cluster.UntilAsync(() => cluster["a"].Lease.Fenced.IsCancellationRequested);
        Assert.Empty(cluster.ActiveOn("a"));
    }

    [Fact]
    public async Task Leaving_hands_over_at_once_and_ends_in_removed()
    {
        await using var cluster = new GrantCluster(sticky: true, "kill-switch", "canary");
        await cluster.StartAsync("a");
        await cluster.UntilAsync(() => cluster.ActiveOn("a").Count == 2);
        await cluster.StartAsync("b");
        await cluster.UntilAsync(() => cluster["a"].View.Members.Count == 2 && cluster["b"].View.Members.All(member => member.State == MemberState.Up));
        var started = cluster.Time.GetUtcNow();
        Assert.True(await cluster.LeaveAsync("a"));
        await cluster.UntilAsync(() => cluster.ActiveOn("b").Count == 2);
        Assert.True(cluster.Time.GetUtcNow() - started < TimeSpan.FromSeconds(2));
        await cluster.UntilAsync(() => cluster["b"].View.Members[0].State == MemberState.Removed);
    }

    [Fact]
    public async Task Shards_spread_over_the_nodes_move_only_as_they_must_and_come_back_from_a_drained_node()
    {
        string[] shards = [.. Enumerable.Range(0, 24).Select(shard => $"shard/eu/{shard:00}")];
        await using var cluster = new GrantCluster(sticky: false, shards);
        await cluster.StartAsync("a");
        await cluster.UntilAsync(() => cluster.ActiveOn("a").Count == 24);
        await cluster.StartAsync("b");
        await cluster.UntilAsync(() => cluster.ActiveOn("b").Count >= 6);
        await cluster.PassAsync(TimeSpan.FromSeconds(8));
        var (onA, onB) = (cluster.ActiveOn("a"), cluster.ActiveOn("b"));
        Assert.Equal(shards, onA.Concat(onB).Order());
        Assert.Equal(24 + onB.Count, cluster.Store.History.Count);
        await cluster.Store.MoveAsync(cluster["a"].Lease.Key, MemberState.Up, MemberState.Leaving);
        await cluster.UntilAsync(() => cluster.ActiveOn("b").Count == 24);
        Assert.Empty(cluster.ActiveOn("a"));
        await cluster.Store.MoveAsync(cluster["a"].Lease.Key, MemberState.Leaving, MemberState.Up);
        await cluster.UntilAsync(() => cluster.ActiveOn("a").SequenceEqual(onA));
        Assert.Equal(cluster.Store.History.Select(grant => (grant.Name, grant.Epoch)).Distinct().Count(), cluster.Store.History.Count);
    }

    [Fact]
    public async Task Another_region_takes_over_only_once_the_home_regions_nodes_are_fenced()
    {
        await using var cluster = new GrantCluster(sticky: false, "shard/eu/00");
        await cluster.StartAsync("eu-1", "eu");
        await cluster.UntilAsync(() => cluster.ActiveOn("eu-1").Count == 1);
        await cluster.StartAsync("us-1", "us", weight: 100);
        await cluster.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(cluster.ActiveOn("us-1"));
        var key = cluster["eu-1"].Lease.Key;
        cluster.Store.CutOff("eu-1", true);
        await cluster.UntilAsync(() => cluster.ActiveOn("us-1").Count == 1);
        Assert.Equal(MemberState.Down, cluster["us-1"].View.Find(key)!.State);
        Assert.False(cluster["eu-1"].Lease.IsTrusted);
    }

    [Fact]
    public async Task After_a_promotion_work_goes_on_under_the_new_generation_without_waiting_for_a_refusal()
    {
        await using var cluster = new GrantCluster(sticky: true, "kill-switch");
        await cluster.StartAsync("a");
        await cluster.UntilAsync(() => !cluster.Working.IsEmpty);
        cluster.Store.Promote();
        await cluster.UntilAsync(() => cluster.Working.Keys.Any(run => Epochs.GenerationOf(run.Token.Epoch) == 2));
        Assert.Single(cluster.Working);
        Assert.Equal([1L, 2L], cluster.Runs.Select(run => Epochs.GenerationOf(run.Epoch)));
    }

    [Fact]
    public async Task Work_that_fails_is_started_again_with_the_same_epoch_while_the_grant_is_ours()
    {
        await using var cluster = new GrantCluster(sticky: true, "kill-switch") { Failures = 2 };
        await cluster.StartAsync("a");
        await cluster.UntilAsync(() => !cluster.Working.IsEmpty);
        Assert.Equal(3, cluster.Runs.Count);
        Assert.Single(cluster.Runs.Distinct());
        Assert.Single(cluster.Store.History);
    }
}
