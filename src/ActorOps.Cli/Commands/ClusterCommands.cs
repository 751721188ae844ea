using System.CommandLine;
using ActorOps.Cli.Connecting;
using ActorOps.Client.Wire;
using ActorOps.Client.Wording;

namespace ActorOps.Cli.Commands;

/// <summary>Nodes, what each holds, and what a person may do to them.</summary>
internal static class ClusterCommands
{
    public static Command Build(Terminal terminal)
    {
        var cluster = new Command("cluster", "Nodes, singletons and shards.");
        cluster.Subcommands.Add(CommandContext.Act(new Command("show", "The cluster on one screen."), terminal, ShowAsync));
        cluster.Subcommands.Add(CommandContext.Act(new Command("members", "Nodes."), terminal, async context =>
        {
            var list = await context.Client.GetAsync("api/v1/cluster/members", WireJson.Default.ItemsViewMemberView).ConfigureAwait(false);
            return context.Show(list, WireJson.Default.ItemsViewMemberView, ["NODE", "INCARNATION", "STATE", "REGION", "ROLES", "HEARTBEAT", "WEIGHT", "VERSION", "URL"], list.Items.Select(m =>
                new[] { m.Node, $"{m.Incarnation}", m.State, m.Region, string.Join(",", m.Roles), DurationText.OfMs(m.LastHeartbeatAgeMs), $"{m.Weight:0.##}", m.Version, m.Url }));
        }));
        cluster.Subcommands.Add(CommandContext.Act(new Command("singletons", "Who holds what, with its epoch."), terminal, context => GrantsAsync(context, "singletons")));
        cluster.Subcommands.Add(CommandContext.Act(new Command("shards", "Which node supervises which shard."), terminal, context => GrantsAsync(context, "shards")));
        cluster.Subcommands.Add(CommandContext.Act(new Command("links", "This node's links to the others."), terminal, async context =>
        {
            var list = await context.Client.GetAsync("api/v1/cluster/links", WireJson.Default.ItemsViewLinkView).ConfigureAwait(false);
            return context.Show(list, WireJson.Default.ItemsViewLinkView, ["NODE", "INCARNATION", "LAST ANSWER", "WAITING", "REFUSED", "LAST FAILURE"], list.Items.Select(l =>
                new[] { l.Node, $"{l.Incarnation}", l.SilenceMs is null ? "never" : $"{DurationText.OfMs(l.SilenceMs.Value)} ago", $"{l.Waiting}", $"{l.Refused}", l.LastFailure }));
        }));
        cluster.Subcommands.Add(CommandContext.Act(new Command("tail", "Follows changes of the cluster; Ctrl-C stops."), terminal, async context =>
        {
            await foreach (var (_, line) in context.Client.StreamAsync("api/v1/cluster/events").ConfigureAwait(false))
            {
                await terminal.Out.WriteLineAsync(ActorOps.Client.Wording.PlainText.CleanJson(line)).ConfigureAwait(false);
            }

            return ExitCodes.Done;
        }));
        cluster.Subcommands.Add(Change(terminal, "leave", "Hands over everything a node holds, then stops it.", "its singletons and shards go to other nodes, then its process exits"));
        cluster.Subcommands.Add(Change(terminal, "down", "Declares a dead node down; be certain that its process has ended.", "everything it holds is taken from it at once; if it is still running it is fenced and exits with code 75"));
        cluster.Subcommands.Add(Change(terminal, "drain", "Empties a node that keeps running.", "it hands over its singletons and shards and takes none until `cluster join`"));
        cluster.Subcommands.Add(Change(terminal, "join", "Returns a drained node to service.", "its share of the shards moves there"));
        return cluster;
    }

    private static async Task<int> ShowAsync(CommandContext context)
    {
        var view = await context.Client.GetAsync("api/v1/cluster", WireJson.Default.ClusterSummaryView).ConfigureAwait(false);
        return context.Show(view, WireJson.Default.ClusterSummaryView, ["WHAT", "STATE"],
        [
            ["cluster", $"{view.Name} on {view.Engine}, store {view.StoreId}, generation {view.Generation}"],
            ["seen by", $"{view.Node} incarnation {view.Incarnation}, {(view.TrustLeftMs > 0 ? $"trust {DurationText.Ending(TimeSpan.FromMilliseconds(view.TrustLeftMs))} unless renewed" : $"NOT TRUSTED: the store has not confirmed it in time{(view.TrustEndedAt is { } ended ? $", trust {DurationText.Ending(ended - TimeProvider.System.GetUtcNow())}" : string.Empty)}")}"],
            ["nodes", string.Join(", ", view.Members.OrderBy(state => state.Key, StringComparer.Ordinal).Select(state => $"{state.Value} {state.Key}"))],
            ["singletons", $"{view.Singletons}"],
            ["shards", $"{view.Shards}"],
            ["not held", view.Unheld.Count == 0 ? "none" : string.Join(", ", view.Unheld)],
        ]);
    }

    private static async Task<int> GrantsAsync(CommandContext context, string kind)
    {
        var list = await context.Client.GetAsync($"api/v1/cluster/{kind}", WireJson.Default.ItemsViewSingletonView).ConfigureAwait(false);
        return context.Show(list, WireJson.Default.ItemsViewSingletonView, ["NAME", "NODE", "EPOCH", "STATE"], list.Items.Select(s => new[] { s.Name, s.Node, $"{s.Epoch >> 32}.{s.Epoch & 0xFFFF_FFFF}", s.State }));
    }

    private static Command Change(Terminal terminal, string verb, string what, string effects)
    {
        var node = new Argument<string>("node") { Description = "Its exact name." };
        return CommandContext.Act(new Command(verb, what) { node }, terminal, async context =>
        {
            var name = context.Parsed.GetValue(node)!;
            if (context.Confirm(name, $"{name}: {effects}") is { } stop)
            {
                return stop;
            }

            await context.Client.SendAsync($"api/v1/cluster/members/{Uri.EscapeDataString(name)}/{verb}", new ReasonBody(context.Reason), WireJson.Default.ReasonBody, context.IdempotencyKey).ConfigureAwait(false);
            await terminal.Error.WriteLineAsync($"{verb} {name}: done; see actorops cluster members").ConfigureAwait(false);
            return ExitCodes.Done;
        });
    }
}
