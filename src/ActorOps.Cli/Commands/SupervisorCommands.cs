using System.CommandLine;
using ActorOps.Cli.Connecting;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Commands;

internal static class SupervisorCommands
{
    public static Command Build(Terminal terminal)
    {
        var supervisor = new Command("supervisor", "Who watches what, and what they say.");
        var kind = new Option<string?>("--kind") { Description = "strategy, feed, broker, component or scope." };
        var list = new Command("list", "Every supervisor with its verdict.") { kind };
        supervisor.Subcommands.Add(CommandContext.Act(list, terminal, async context =>
        {
            var filter = context.Parsed.GetValue(kind);
            var view = await context.Client.GetAsync($"api/v1/supervisors?limit=1000{(filter is null ? string.Empty : $"&kind={Uri.EscapeDataString(filter)}")}", WireJson.Default.ItemsViewSupervisorView).ConfigureAwait(false);
            return context.Show(view, WireJson.Default.ItemsViewSupervisorView, ["TARGET", "VERDICT", "LAST SIGNAL", "NODE", "WHY"], view.Items.Select(s => new[] { $"{s.Kind}/{s.Id}", s.Verdict, Age(s.LastSignalAgeMs), s.Node, string.Join("; ", s.Reasons.Select(Reason)) }));
        }));
        var target = new Argument<string>("target") { Description = "KIND/ID, such as strategy/momentum." };
        var show = new Command("show", "One supervisor with all its rules.") { target };
        supervisor.Subcommands.Add(CommandContext.Act(show, terminal, async context =>
        {
            var parts = context.Parsed.GetValue(target)!.Split('/', 2);
            if (parts.Length < 2)
            {
                await terminal.Error.WriteLineAsync("a target is KIND/ID, such as strategy/momentum").ConfigureAwait(false);
                return ExitCodes.Usage;
            }

            var view = await context.Client.GetAsync($"api/v1/supervisors/{Uri.EscapeDataString(parts[0])}/{Uri.EscapeDataString(parts[1])}", WireJson.Default.SupervisorDetailView).ConfigureAwait(false);
            var rows = view.Rules.Select(rule => new[] { rule.Rule, rule.Level, rule.Value?.ToString("0.####"), rule.Threshold?.ToString("0.####"), rule.WindowMs > 0 ? $"{TimeSpan.FromMilliseconds(rule.WindowMs)}" : null, rule.Note }).ToList();
            if (context.Form is Output.OutputForm.Table or Output.OutputForm.Wide)
            {
                await terminal.Out.WriteLineAsync($"{view.Supervisor.Path}\n{view.Supervisor.Verdict}, last signal {Age(view.Supervisor.LastSignalAgeMs)}, restarts {view.Restarts}, dropped {view.DroppedSignals}, clock off {view.SkewedSignals}\n").ConfigureAwait(false);
            }

            return context.Show(view, WireJson.Default.SupervisorDetailView, ["RULE", "LEVEL", "VALUE", "THRESHOLD", "WINDOW", "NOTE"], rows);
        }));
        return supervisor;
    }

    private static string Age(long? ms) => ms is null ? "never" : ms < 10_000 ? $"{ms} ms" : $"{ms / 1000} s";

    private static string Reason(ReasonView reason) => reason.Note is not null ? $"{reason.Rule}: {reason.Note}" : $"{reason.Rule} {reason.Value:0.###} (threshold {reason.Threshold:0.###})";
}
