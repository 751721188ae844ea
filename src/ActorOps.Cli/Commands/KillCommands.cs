using System.CommandLine;
using ActorOps.Cli.Connecting;
using ActorOps.Cli.Killing;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Commands;

/// <summary>The slower half of <c>kill</c>: status, reset, approve. Trips go the short way.</summary>
internal static class KillCommands
{
    public static Command Build(Terminal terminal)
    {
        var kill = new Command("kill", $"Trips the kill switch for the whole firm, after one question. {KillArguments.Usage}");
        kill.Subcommands.Add(new Command("trip", $"Trips a scope. {KillArguments.Usage}"));
        kill.Subcommands.Add(CommandContext.Act(new Command("status", "States, standing trips and waiting resets."), terminal, StatusAsync));
        kill.Subcommands.Add(Reset(terminal));
        kill.Subcommands.Add(Approve(terminal));
        return kill;
    }

    private static async Task<int> StatusAsync(CommandContext context)
    {
        var view = await context.Client.GetAsync("api/v1/kill-switch", WireJson.Default.KillSwitchView).ConfigureAwait(false);
        var rows = view.Effective.Select(scope => new[] { scope.Scope, scope.Level, scope.Cause, null, null })
            .Concat(view.Trips.Select(trip => new[] { trip.Scope, trip.MaxPositionFraction is { } cap ? $"size cap {cap}" : trip.Level, $"trip {trip.TripId}", $"{trip.By} {trip.At:u}", $"{trip.Reason} ({trip.Source})" }))
            .Concat(view.Resets.Select(reset => new[] { "reset", "WAITING", $"{reset.ResetId}", $"{reset.Person} until {reset.ExpiresAt:u}", reset.RootCause }));
        return context.Show(view, WireJson.Default.KillSwitchView, ["SCOPE", "LEVEL", "WHAT", "BY", "WHY"], rows);
    }

    private static Command Reset(Terminal terminal)
    {
        var trips = new Argument<Guid[]>("trip") { Description = "Ids of the trips to reset, exactly these.", Arity = ArgumentArity.OneOrMore };
        var rootCause = new Option<string>("--root-cause") { Description = "What it was.", Required = true };
        var evidence = new Option<FileInfo?>("--evidence") { Description = "File with the proof." };
        var reset = new Command("reset", "Asks to reset trips; another person approves.") { trips, rootCause, evidence };
        return CommandContext.Act(reset, terminal, async context =>
        {
            var ids = context.Parsed.GetValue(trips)!;
            if (context.Confirm($"{ids[0]}", $"asks to clear {string.Join(", ", ids)}; the scopes go to REDUCE_ONLY once another person approves") is { } stop)
            {
                return stop;
            }

            var proof = context.Parsed.GetValue(evidence) is { } file ? await File.ReadAllTextAsync(file.FullName).ConfigureAwait(false) : null;
            var body = new ResetBody(ids, context.Reason!, context.Parsed.GetValue(rootCause)!, proof);
            var view = await context.Client.PostAsync("api/v1/kill-switch/resets", body, WireJson.Default.ResetBody, WireJson.Default.ResetView, context.IdempotencyKey).ConfigureAwait(false);
            context.Show(view, WireJson.Default.ResetView, ["RESET", "UNTIL", "NEXT"], [[$"{view.ResetId}", view.ExpiresAt.ToString("u"), $"another person: actorops kill approve {view.ResetId}"]]);
            return ExitCodes.Waiting;
        });
    }

    private static Command Approve(Terminal terminal)
    {
        var id = new Argument<Guid>("reset") { Description = "Id of the reset." };
        var code = new Option<string?>("--code") { Description = "One-time code." };
        var approve = new Command("approve", "Approves a reset that another person asked for.") { id, code };
        return CommandContext.Act(approve, terminal, async context =>
        {
            var reset = context.Parsed.GetValue(id);
            if (context.Confirm($"{reset}", $"approves reset {reset}; its scopes go to REDUCE_ONLY", reasonRequired: false) is { } stop)
            {
                return stop;
            }

            var answer = await context.Client.PostAsync(
                $"api/v1/kill-switch/resets/{reset}/approvals", new ApprovalBody(context.Parsed.GetValue(code)), WireJson.Default.ApprovalBody, WireJson.Default.ApprovalAnswer, context.IdempotencyKey).ConfigureAwait(false);
            return context.Show(
                answer,
                WireJson.Default.ApprovalAnswer,
                ["SCOPE", "LEVEL", "HELD BY"],
                answer.Recoveries.Count == 0 ? [["-", "-", "nothing is held by this reset any more"]] : answer.Recoveries.Select(trip => new[] { trip.Scope, trip.Level, $"recovery {trip.TripId}; reset it in turn for ACTIVE" }));
        });
    }
}
