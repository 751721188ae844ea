using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Server.Clustering;

namespace ActorOps.Server.Tests.Clustering;

public class ViewEventsTests
{
    private static readonly NodeKey A = new("a", 1);
    private static readonly NodeKey B = new("b", 1);

    [Fact]
    public void What_has_changed_is_said_once_and_shards_as_a_sum_when_they_have_come_to_rest()
    {
        var events = new ViewEvents(View([(A, MemberState.Up)]), TimeProvider.System);
        var said = new List<string>();
        events.Happened = said.Add;
        events.Compare(View([(A, MemberState.Up), (B, MemberState.Joining)], Grant("kill-switch", 1, A), Grant("shard/eu/00", 1, A), Grant("shard/eu/01", 1, A)));
        events.Compare(View([(A, MemberState.Up), (B, MemberState.Up)], Grant("kill-switch", 1, A), Grant("shard/eu/00", 1, A), Grant("shard/eu/01", 2, B)));
        var last = View([(A, MemberState.Down), (B, MemberState.Up)], Grant("kill-switch", 2, B), Grant("shard/eu/00", 1, A), Grant("shard/eu/01", 2, B));
        events.Compare(last);
        events.Compare(last);
        Assert.Equal(
        [
            "node b#1 is Joining",
            "kill-switch is at a#1 with epoch 1",
            "node b#1 is Up, was Joining",
            "node a#1 is Down, was Up",
            "kill-switch is at b#1 with epoch 2, was at a#1",
            "shards: a#1 has 1, b#1 has 1",
        ], said);
        Assert.Equal(["shards: a#1 has 1, b#1 has 1"], events.After(5).Select(item => item.Text));
    }

    private static Grant Grant(string name, long epoch, NodeKey holder) => new(name, Epochs.Combine(1, epoch), GrantPhase.Active, holder, null);

    private static ClusterView View((NodeKey Key, MemberState State)[] members, params Grant[] grants) => new(
        Guid.Empty, 1, [.. members.Select(member => new Member(member.Key, member.State, new NodeDescription("eu", [], string.Empty, "1", 1, 1), 1, TimeSpan.FromSeconds(5), TimeSpan.Zero, false))], grants);
}
