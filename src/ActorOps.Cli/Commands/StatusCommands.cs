using System.CommandLine;
using System.Globalization;
using ActorOps.Cli.Connecting;
using ActorOps.Cli.Output;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Commands;

/// <summary>Reads of everything at a glance: status, actors, escalations.</summary>
internal static class StatusCommands
{
    public static Command Status(Terminal terminal) => CommandContext.Act(new Command("status", "How things stand: state, why, since when and what to do next. Exits 3 when something needs a person."), terminal, async context =>
    {
        var status = await context.Client.GetAsync("api/v1/status", WireJson.Default.StatusView).ConfigureAwait(false);
        context.Show(status, WireJson.Default.StatusView, ["WHAT", "STATE"], StatusText.Rows(status, TimeProvider.System.GetUtcNow()));
        return ExitOf(status);
    });

    /// <summary>0 when all is fine, 3 when something needs a person.</summary>
    internal static int ExitOf(StatusView status) => status.Situation is { NeedsPerson: true } ? ExitCodes.NeedsLook : ExitCodes.Done;

    public static Command Actor(Terminal terminal)
    {
        var actor = new Command("actor", "The actors of the node.");
        actor.Subcommands.Add(CommandContext.Act(new Command("tree", "Every actor with its state."), terminal, async context =>
        {
            var tree = await context.Client.GetAsync("api/v1/actors", WireJson.Default.ActorView).ConfigureAwait(false);
            return context.Show(tree, WireJson.Default.ActorView, ["ACTOR", "TYPE", "STATE", "MAILBOX", "PROCESSED", "WAIT", "IN HAND", "RESTARTS", "LAST FAILURE"], Flatten(tree, 0));
        }));
        return actor;
    }

    public static Command Escalation(Terminal terminal)
    {
        var escalation = new Command("escalation", "Escalations that need a person.");
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
