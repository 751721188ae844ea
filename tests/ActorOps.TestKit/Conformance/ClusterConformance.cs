using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Persistence;

namespace ActorOps.TestKit.Conformance;

/// <summary>What every engine's membership table and lease store promise.</summary>
public abstract class ClusterConformance : IAsyncLifetime
{
    private IMembershipTable _members = null!;
    private ILeaseStore _leases = null!;
    private IJournal _journal = null!;

    protected abstract string ClusterName { get; }

    protected abstract Task<(IMembershipTable Members, ILeaseStore Leases, IJournal Journal)> OpenAsync();

    /// <summary>Lets the store's clock pass so much.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    public async Task InitializeAsync() => (_members, _leases, _journal) = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_node_joins_comes_up_renews_and_is_seen_by_all()
    {
        var key = await JoinAsync("a", up: false);
        Assert.Equal(new NodeKey("a", 1), key);
        var member = (await _members.ReadAsync()).Find(key)!;
        Assert.Equal((MemberState.Joining, "eu", 1.5), (member.State, member.Description.Region, member.Description.Weight));
        Assert.Equal(["gate", "control"], member.Description.Roles);
        Assert.True(await _members.MoveAsync(key, MemberState.Joining, MemberState.Up));
        Assert.False(await _members.MoveAsync(key, MemberState.Joining, MemberState.Up));
        var renewed = Assert.IsType<RenewResult.Renewed>(_members.Renew(key));
        member = renewed.View.Find(key)!;
        Assert.Equal((MemberState.Up, 1L, false), (member.State, member.Beats, member.IsExpired));
        Assert.InRange(member.HeartbeatAge, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_same_process_joins_once_and_a_second_of_its_name_is_refused_while_the_first_lives()
    {
        var request = Request("a");
        var first = Assert.IsType<JoinResult.Joined>(await _members.JoinAsync(request));
        Assert.Equal(first.Key, Assert.IsType<JoinResult.Joined>(await _members.JoinAsync(request)).Key);
        Assert.Equal("already-running", Assert.IsType<JoinResult.Refused>(await _members.JoinAsync(Request("a"))).Code);
        await PassAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(new NodeKey("a", 2), Assert.IsType<JoinResult.Joined>(await _members.JoinAsync(Request("a"))).Key);
        Assert.Contains("a#2", Assert.IsType<RenewResult.Fenced>(_members.Renew(first.Key)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_cannot_read_the_others_is_refused_and_told_which()
    {
        await JoinAsync("a");
        var newer = Request("b") with { Description = Request("b").Description with { Protocol = 9, OldestProtocol = 8 } };
        var refused = Assert.IsType<JoinResult.Refused>(await _members.JoinAsync(newer));
        Assert.Equal("incompatible-version", refused.Code);
        Assert.Contains("a (version", refused.Why, StringComparison.Ordinal);
        Assert.Single((await _members.ReadAsync()).Members);
    }

    [Fact]
    public async Task A_node_is_drained_by_its_weight_as_long_as_its_life_lasts()
    {
        var key = await JoinAsync("a");
        Assert.True(await _members.SetWeightAsync(key, 0));
        Assert.Equal(0, (await _members.ReadAsync()).Find(key)!.Description.Weight);
        Assert.False(await _members.SetWeightAsync(key with { Incarnation = key.Incarnation + 1 }, 1));
        await _members.EvictAsync(key, 0, proven: true);
        Assert.False(await _members.SetWeightAsync(key, 1));
    }

    [Fact]
    public async Task Only_who_is_expired_and_silent_is_evicted_and_learns_it_at_its_next_renewal()
    {
        var key = await JoinAsync("a");
        Assert.Equal(EvictResult.Alive, await _members.EvictAsync(key, 0));
        await PassAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(EvictResult.Alive, await _members.EvictAsync(key, 7));
        Assert.Equal(EvictResult.Evicted, await _members.EvictAsync(key, 0));
        Assert.Equal(EvictResult.Gone, await _members.EvictAsync(key, 0));
        Assert.IsType<RenewResult.Fenced>(_members.Renew(key));
        Assert.Equal(MemberState.Down, (await _members.ReadAsync()).Find(key)!.State);
    }

    [Fact]
    public async Task A_late_renewal_is_good_as_long_as_nobody_has_evicted_the_node()
    {
        var key = await JoinAsync("a");
        await PassAsync(TimeSpan.FromSeconds(4));
        Assert.True((await _members.ReadAsync()).Find(key)!.IsExpired);
        Assert.IsType<RenewResult.Renewed>(_members.Renew(key));
        Assert.Equal(EvictResult.Alive, await _members.EvictAsync(key, 1));
    }

    [Fact]
    public async Task A_grant_has_one_holder_and_a_higher_epoch_with_each_new_one()
    {
        var (a, b) = (await JoinAsync("a"), await JoinAsync("b"));
        var first = await TakeAsync("kill-switch", a);
        Assert.Equal(first, await TakeAsync("kill-switch", a));
        Assert.Equal(a, Assert.IsType<AcquireResult.HeldBy>(await _leases.AcquireAsync("kill-switch", b)).Grant.Holder);
        Assert.True(await _leases.ReleaseAsync(first));
        Assert.False(await _leases.ReleaseAsync(first));
        var second = await TakeAsync("kill-switch", b);
        Assert.True(second.Epoch > first.Epoch);
        Assert.False(await _leases.ReleaseAsync(first));
        var grant = Assert.Single(await _leases.ReadAsync());
        Assert.Equal((second.Epoch, GrantPhase.Active, b), (grant.Epoch, grant.Phase, grant.Holder));
    }

    [Fact]
    public async Task Who_is_not_up_takes_nothing_and_who_is_evicted_has_nothing()
    {
        var joining = await JoinAsync("a", up: false);
        Assert.IsType<AcquireResult.HeldBy>(await _leases.AcquireAsync("x", joining));
        await _members.MoveAsync(joining, MemberState.Joining, MemberState.Up);
        var token = await TakeAsync("x", joining);
        Assert.False(await _members.MoveAsync(joining, MemberState.Up, MemberState.Removed));
        Assert.Equal(EvictResult.Evicted, await _members.EvictAsync(joining, 0, proven: true));
        Assert.Equal(GrantPhase.Free, Assert.Single(await _leases.ReadAsync()).Phase);
        Assert.False(await _leases.ReleaseAsync(token));
        Assert.IsType<AcquireResult.HeldBy>(await _leases.AcquireAsync("x", joining));
    }

    [Fact]
    public async Task A_holder_writes_until_it_releases_and_its_successor_after_that()
    {
        var (a, b) = (await JoinAsync("a"), await JoinAsync("b"));
        var old = await TakeAsync("x", a);
        Assert.IsType<AppendResult.Appended>(await AppendAsync(old, 0));
        Assert.True(await _leases.DrainAsync(old, "b"));
        Assert.Equal((GrantPhase.Draining, "b"), (Assert.Single(await _leases.ReadAsync()).Phase, Assert.Single(await _leases.ReadAsync()).Desired));
        Assert.IsType<AppendResult.Appended>(await AppendAsync(old, 1));
        Assert.IsType<AcquireResult.HeldBy>(await _leases.AcquireAsync("x", b));
        Assert.True(await _leases.ReleaseAsync(old));
        Assert.IsType<AppendResult.Fenced>(await AppendAsync(old, 2));
        var next = await TakeAsync("x", b);
        Assert.Equal(next.Epoch, Assert.IsType<AppendResult.Fenced>(await AppendAsync(old, 2)).CurrentEpoch);
        Assert.IsType<AppendResult.Appended>(await AppendAsync(next, 2));
    }

    [Fact]
    public async Task Leaving_ends_in_removed_once_nothing_is_held()
    {
        var key = await JoinAsync("a");
        var token = await TakeAsync("x", key);
        Assert.True(await _members.MoveAsync(key, MemberState.Up, MemberState.Leaving));
        Assert.IsType<AcquireResult.HeldBy>(await _leases.AcquireAsync("y", key));
        Assert.IsType<AppendResult.Appended>(await AppendAsync(token, 0));
        Assert.False(await _members.MoveAsync(key, MemberState.Leaving, MemberState.Removed));
        Assert.True(await _leases.ReleaseAsync(token));
        Assert.True(await _members.MoveAsync(key, MemberState.Leaving, MemberState.Removed));
        Assert.IsType<RenewResult.Fenced>(_members.Renew(key));
        Assert.Equal(new NodeKey("a", 2), await JoinAsync("a"));
    }

    protected async Task<NodeKey> JoinAsync(string node, bool up = true)
    {
        var joined = Assert.IsType<JoinResult.Joined>(await _members.JoinAsync(Request(node)));
        Assert.True(!up || await _members.MoveAsync(joined.Key, MemberState.Joining, MemberState.Up));
        return joined.Key;
    }

    protected JoinRequest Request(string node) => new(
        node, Guid.NewGuid(), ClusterName, new NodeDescription("eu", ["gate", "control"], "http://127.0.0.1:1", "0.2.0", Protocol: 2, OldestProtocol: 1, Weight: 1.5), TimeSpan.FromSeconds(3));

    private async Task<FencingToken> TakeAsync(string name, NodeKey node) => Assert.IsType<AcquireResult.Acquired>(await _leases.AcquireAsync(name, node)).Token;

    private ValueTask<AppendResult> AppendAsync(FencingToken token, long expected) =>
        _journal.AppendAsync(new AppendRequest("s", expected, token, Guid.CreateVersion7(), [new JournalEntry("test.v1", "{}")]));
}
