using System.CommandLine;
using System.Globalization;
using ActorOps.Cli.Connecting;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Commands;

/// <summary>Reads of the whole: status, actors, escalations.</summary>
internal static class StatusCommands
{
    public static Command Status(Terminal terminal) => CommandContext.Act(new Command("status", "The node, scopes and verdicts at a glance."), terminal, async context =>
    {
        var status = await context.Client.GetAsync("api/v1/status", WireJson.Default.StatusView).ConfigureAwait(false);
        var rows = new List<string?[]>
        {
            new[] { "node", $"{status.Node.Id} ({status.Node.Region}), {status.Node.State}, up {TimeSpan.FromMilliseconds(status.Node.UptimeMs):d\\.hh\\:mm\\:ss}, version {status.Node.Version}" },
        };
        rows.AddRange(status.Effective.Select(scope => new[] { scope.Scope, $"{scope.Level} {scope.Cause}".TrimEnd() }));
        rows.Add(["trips", $"{status.Trips} standing"]);
        rows.Add(["supervisors", status.Verdicts.Count == 0 ? "none" : string.Join(", ", status.Verdicts.OrderBy(verdict => verdict.Key, StringComparer.Ordinal).Select(verdict => $"{verdict.Value} {verdict.Key}"))]);
        rows.Add(["escalations", $"{status.OpenEscalations}"]);
        rows.AddRange(status.Desks.Select(desk => new[] { $"desk {desk.Desk}", $"{(desk.Connected ? "connected" : "NOT CONNECTED")}, {desk.Strategies} strategies, {desk.Region}" }));
        return context.Show(status, WireJson.Default.StatusView, ["WHAT", "STATE"], rows);
    });

    public static Command Actor(Terminal terminal)
    {
        var actor = new Command("actor", "The live actors.");
        actor.Subcommands.Add(CommandContext.Act(new Command("tree", "Every actor with its state."), terminal, async context =>
        {
            var tree = await context.Client.GetAsync("api/v1/actors", WireJson.Default.ActorView).ConfigureAwait(false);
            return context.Show(tree, WireJson.Default.ActorView, ["ACTOR", "TYPE", "STATE", "MAILBOX", "PROCESSED", "WAIT", "IN HAND", "RESTARTS", "LAST FAILURE"], Flatten(tree, 0));
        }));
        return actor;
    }

    public static Command Escalation(Terminal terminal)
    {
        var escalation = new Command("escalation", "What climbed beyond automatic responses.");
        escalation.Subcommands.Add(CommandContext.Act(new Command("list", "The newest hundred, newest first."), terminal, async context =>
        {
            var list = await context.Client.GetAsync("api/v1/escalations", WireJson.Default.ItemsViewEscalationView).ConfigureAwait(false);
            return context.Show(list, WireJson.Default.ItemsViewEscalationView, ["AT", "SEVERITY", "TARGET", "WHAT"], list.Items.Select(e => new[] { e.At.ToString("u"), e.Severity, e.Target, e.Text }));
        }));
        return escalation;
    }

    private static string? Ms(double ms) => ms == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{ms:0.##} ms");

    private static IEnumerable<string?[]> Flatten(ActorView actor, int depth) =>
        actor.Children.SelectMany(child => Flatten(child, depth + 1)).Prepend([new string(' ', depth * 2) + actor.Path.Split('/')[^1], actor.Type, actor.State, actor.Stashed == 0 ? $"{actor.MailboxDepth}" : $"{actor.MailboxDepth}+{actor.Stashed}", $"{actor.Processed}", Ms(actor.LastWaitMs), Ms(actor.HandlingMs), $"{actor.Restarts}", actor.LastFailure]);
}
