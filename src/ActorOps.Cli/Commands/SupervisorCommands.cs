using System.CommandLine;
using ActorOps.Cli.Connecting;
using ActorOps.Cli.Output;
using ActorOps.Client.Wire;
using ActorOps.Client.Wording;

namespace ActorOps.Cli.Commands;

internal static class SupervisorCommands
{
    public static Command Build(Terminal terminal)
    {
        var supervisor = new Command("supervisor", "Supervisors, what they watch and their verdicts.");
        var kind = new Option<string?>("--kind") { Description = "strategy, feed, broker, component or scope." };
        kind.AcceptOnlyFromAmong("strategy", "feed", "broker", "component", "scope");
        var list = new Command("list", "Every supervisor with its verdict.") { kind };
        supervisor.Subcommands.Add(CommandContext.Act(list, terminal, async context =>
        {
            var filter = context.Parsed.GetValue(kind);
            var view = await context.Client.GetAsync($"api/v1/supervisors?limit=1000{(filter is null ? string.Empty : $"&kind={Uri.EscapeDataString(filter)}")}", WireJson.Default.ItemsViewSupervisorView).ConfigureAwait(false);
            return context.Show(view, WireJson.Default.ItemsViewSupervisorView, ["TARGET", "VERDICT", "LAST SIGNAL", "NODE", "WHY"], view.Items.Select(s => new[] { $"{s.Kind}/{s.Id}", s.Verdict, AgeText.Of(s.LastSignalAgeMs, s.UnknownSince), s.Node, string.Join("; ", s.Reasons.Select(Reason)) }));
        }));
        var target = new Argument<string>("target") { Description = "KIND/ID, such as strategy/momentum." };
        var show = new Command("show", "One supervisor with all its rules.") { target };
        supervisor.Subcommands.Add(CommandContext.Act(show, terminal, async context =>
        {
            var parts = context.Parsed.GetValue(target)!.Split('/', 2);
            if (parts.Length < 2)
            {
                await terminal.Error.WriteLineAsync("Not a target; write KIND/ID, such as strategy/momentum").ConfigureAwait(false);
                return ExitCodes.Usage;
            }

            var view = await context.Client.GetAsync($"api/v1/supervisors/{Uri.EscapeDataString(parts[0])}/{Uri.EscapeDataString(parts[1])}", WireJson.Default.SupervisorDetailView).ConfigureAwait(false);
            var rows = view.Rules.Select(rule => new[] { rule.Rule, rule.Level, rule.ValueText, rule.WarningText, rule.CriticalText, rule.WindowMs > 0 ? DurationText.OfMs(rule.WindowMs) : null, rule.Note }).ToList();
            if (context.Form is OutputForm.Table or OutputForm.Wide)
            {
                await terminal.Out.WriteLineAsync($"{view.Supervisor.Path}\n{view.Supervisor.Verdict}, last signal {AgeText.Of(view.Supervisor.LastSignalAgeMs, view.Supervisor.UnknownSince)}, {view.Restarts} restarts, {view.DroppedSignals} signals dropped, {view.SkewedSignals} signals with a wrong clock\n").ConfigureAwait(false);
            }

            return context.Show(view, WireJson.Default.SupervisorDetailView, ["RULE", "LEVEL", "VALUE", "WARNING", "CRITICAL", "WINDOW", "NOTE"], rows);
        }));
        return supervisor;
    }

    private static string Reason(ReasonView reason) => reason.Text ?? (reason.Note is not null ? $"{reason.Rule}: {reason.Note}" : $"{reason.Rule} {reason.Value:0.###} (threshold {reason.Threshold:0.###})");
}
