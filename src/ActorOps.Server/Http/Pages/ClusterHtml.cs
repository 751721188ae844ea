using ActorOps.Client.Wire;
using ActorOps.Cluster.Leases;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Api;
using static ActorOps.Server.Http.Pages.MinimalHtml;

namespace ActorOps.Server.Http.Pages;

/// <summary>The cluster as the page shows it: who is here, who holds what, what has changed, and what may be done to a node.</summary>
internal static class ClusterHtml
{
    private const int LatestEvents = 12;

    private static readonly (string Verb, string Effect)[] Verbs =
        [("drain", "gives its work to the others"), ("join", "takes work again"), ("leave", "hands over and ends"), ("down", "is certainly dead; the others take its work")];

    /// <summary>The members. Without the store's word nothing here is green, and the title says of when it is.</summary>
    public static string Nodes(NodeServices services, NodesView nodes)
    {
        var isOld = nodes.TrustEndedAt is not null;
        var shards = ClusterApi.Grants(services, isShard: true);
        return Table(isOld ? $"Nodes as they were at {BannerHtml.Since(nodes.AsOf, services.Now)}: the store does not answer" : "Nodes", ["Node", "State", "Region", "Roles", "Last heartbeat", "Shards", "Link from here"], ClusterApi.Members(services).Where(member => member.State != "Removed").Select(member => new[]
        {
            E($"{member.Node} #{member.Incarnation}"), $"<span class=\"{(member.State == "Up" && !isOld ? "Healthy" : "Unknown")}\">{E(member.State)}</span>", E(member.Region), E(string.Join(", ", member.Roles)), Since(member.LastHeartbeatAgeMs, "no heartbeat yet"),
            $"{shards.Count(shard => shard.Node == member.Node)}", Link(services, member.Node),
        }));
    }

    public static string Grants(NodeServices services)
    {
        var singletons = Table("Singletons", ["Name", "Node", "Epoch", "State"], ClusterApi.Grants(services, isShard: false).Select(grant => new[]
        {
            E(grant.Name), E(grant.Node), $"{Epochs.GenerationOf(grant.Epoch)}.{Epochs.EpochOf(grant.Epoch)}", grant.State == "Running" ? E(grant.State) : $"<strong class=\"Unknown\">{E(grant.State)}</strong>",
        }));
        var shards = Table("Shards of supervisors", ["Region", "Held by", "Free"], ClusterApi.Grants(services, isShard: true).GroupBy(shard => shard.Name.Split('/')[1]).OrderBy(region => region.Key, StringComparer.Ordinal).Select(region => new[]
        {
            E(region.Key), E(string.Join(", ", region.Where(shard => shard.Node.Length > 0).GroupBy(shard => shard.Node).OrderBy(node => node.Key, StringComparer.Ordinal).Select(node => $"{node.Key} {node.Count()}"))),
            region.Count(shard => shard.Node.Length == 0) is > 0 and var free ? $"<strong class=\"Unknown\">{free}</strong>" : "0",
        }));
        var events = services.Cluster.Events.After(0);
        return singletons + shards + Table("Latest changes of the cluster, as this node saw them", ["At (UTC)", "What"], events.Skip(Math.Max(0, events.Count - LatestEvents)).Reverse().Select(e => new[] { e.At.ToString("HH:mm:ss"), E(e.Text) }));
    }

    /// <summary>What a person may do to a node: with a reason, and its name typed once more.</summary>
    public static string Form(string token, NodeServices services, NodeFields typed) => $"""
        <form method="post" action="/minimal/cluster"><input type="hidden" name="form" value="{token}">
        <label>Node<select name="node">{string.Concat(ClusterApi.Members(services).Where(member => member.State is not ("Removed" or "Down")).Select(member => $"<option{Selected(member.Node == typed.Node)}>{E(member.Node)}</option>"))}</select></label>
        <label>Action<select name="verb">{string.Concat(Verbs.Select(verb => $"<option value=\"{verb.Verb}\"{Selected(verb.Verb == typed.Verb)}>{verb.Verb}: {verb.Effect}</option>"))}</select></label>
        <label>Reason<input name="reason" value="{E(typed.Reason)}" size="30" required autocomplete="off"></label><label>Type the node's name<input name="confirm" size="14" required autocomplete="off"></label><button type="submit">Do it</button></form>
        """;

    private static string Selected(bool isSo) => isSo ? " selected" : string.Empty;

    private static string Link(NodeServices services, string node) => services.Cluster.Links.Find(node) is not { } link ? string.Empty
        : link.LastFailure is { } failure ? $"<span class=\"Unknown\">{E(failure)}</span>"
        : Since(link.Silence is { } silence ? (long)silence.TotalMilliseconds : null, "not connected yet");
}
