using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Tests;

internal static class Views
{
    public static readonly TimeSpan Ttl = TimeSpan.FromSeconds(5);

    public static Member Member(string node, long beats, bool expired = false, MemberState state = MemberState.Up, string region = "eu", double weight = 1, params string[] roles) => new(
        new NodeKey(node, 1), state, new NodeDescription(region, roles, "http://127.0.0.1:1", "0", 1, 1, weight), beats, Ttl, TimeSpan.Zero, expired);

    public static ClusterView Of(params Member[] members) => new(Guid.Empty, 1, members, []);
}
