using ActorOps.Cluster.Links;
using ActorOps.Cluster.Membership;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Cluster.Tests.Links;

public class LinkHubTests
{
    [Fact]
    public async Task Links_come_and_go_with_the_members_and_a_new_life_gets_a_new_one()
    {
        var opened = new List<NodeKey>();
        await using var hub = new LinkHub(new NodeKey("a", 1), _ => new ScriptedChannel(), NoteJson.Catalog, new LinkOptions(), TimeProvider.System, NullLogger.Instance) { Opened = link => opened.Add(link.Peer) };
        await hub.FollowAsync(View(("a", 1, MemberState.Up), ("b", 1, MemberState.Up), ("c", 1, MemberState.Down), ("d", 1, MemberState.Joining)));
        Assert.Equal(["b#1", "d#1"], hub.Links.Select(link => link.Peer.ToString()));
        var first = hub.Find("b");
        await hub.FollowAsync(View(("a", 1, MemberState.Up), ("b", 2, MemberState.Up), ("d", 1, MemberState.Removed)));
        Assert.Equal(["b#2"], hub.Links.Select(link => link.Peer.ToString()));
        Assert.NotSame(first, hub.Find("b"));
        Assert.Equal(3, opened.Count);
        Assert.Null(hub.Find("a"));
    }

    private static ClusterView View(params (string Node, long Incarnation, MemberState State)[] members) => new(
        Guid.Empty, 1, [.. members.Select(member => new Member(new NodeKey(member.Node, member.Incarnation), member.State, new NodeDescription("eu", [], "http://127.0.0.1:1", "1", 1, 1), 1, TimeSpan.FromSeconds(5), TimeSpan.Zero, false))], []);
}
