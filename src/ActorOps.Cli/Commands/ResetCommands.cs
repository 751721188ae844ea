using System.CommandLine;
using ActorOps.Cli.Connecting;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Commands;

/// <summary>The way back: asked for by one person, looked at by both, approved by another.</summary>
internal static class ResetCommands
{
    public static IEnumerable<Command> Build(Terminal terminal) => [Reset(terminal), Show(terminal), Sign(terminal), Approve(terminal), Reason(terminal)];

    private static Command Reset(Terminal terminal)
    {
        var trips = IdArguments.Several("trip", "Ids of the trips to reset, exactly these.", "kill status");
        var rootCause = new Option<string>("--root-cause") { Description = "The root cause.", Required = true };
        var evidence = new Option<FileInfo?>("--evidence") { Description = "File with the evidence." };
        var from = new Option<DateTimeOffset?>("--shadow-from") { Description = "Start of the shadow run that tested the fix (RFC 3339)." };
        var until = new Option<DateTimeOffset?>("--shadow-until") { Description = "Its end." };
        var pnl = new Option<decimal>("--shadow-pnl") { Description = "Its profit and loss." };
        var slippage = new Option<double>("--shadow-slippage") { Description = "Its slippage ratio, realised over simulated." };
        var reset = new Command("reset", "Asks to reset trips; another person approves.") { trips, rootCause, evidence, from, until, pnl, slippage };
        return CommandContext.Act(reset, terminal, async context =>
        {
            var ids = context.Parsed.GetValue(trips)!;
            if (context.Confirm($"{ids[0]}", $"asks to clear {string.Join(", ", ids)}; the scopes go to REDUCE_ONLY once another person approves, then recover in steps") is { } stop)
            {
                return stop;
            }

            var proof = context.Parsed.GetValue(evidence) is { } file ? await File.ReadAllTextAsync(file.FullName).ConfigureAwait(false) : null;
            var body = new ResetBody(ids, context.Reason!, context.Parsed.GetValue(rootCause)!, proof)
            {
                Shadow = context.Parsed.GetValue(from) is { } begin && context.Parsed.GetValue(until) is { } end ? new ShadowBody(begin, end, context.Parsed.GetValue(pnl), context.Parsed.GetValue(slippage)) : null,
            };
            var view = await context.Client.PostAsync("api/v1/kill-switch/resets", body, WireJson.Default.ResetBody, WireJson.Default.ResetView, context.IdempotencyKey).ConfigureAwait(false);
            ShowReset(context, view);
            return ExitCodes.Waiting;
        });
    }

    private static Command Show(Terminal terminal)
    {
        var id = IdArguments.One("reset", "Id of the reset.", "kill status");
        return CommandContext.Act(new Command("show", "The checklist of a reset, verified again now.") { id }, terminal, async context =>
            ShowReset(context, await context.Client.GetAsync($"api/v1/kill-switch/resets/{context.Parsed.GetValue(id)}", WireJson.Default.ResetView).ConfigureAwait(false)));
    }

    private static Command Sign(Terminal terminal)
    {
        var id = IdArguments.One("reset", "Id of the reset.", "kill status");
        var item = new Argument<string>("item") { Description = "Item of its checklist that the system cannot verify." };
        return CommandContext.Act(new Command("sign", "Vouches for an item of a reset's checklist; --reason says what was looked at and found.") { id, item }, terminal, async context =>
        {
            var reset = context.Parsed.GetValue(id);
            if (context.Confirm($"{reset}", $"signs {context.Parsed.GetValue(item)} of reset {reset} with your name") is { } stop)
            {
                return stop;
            }

            var body = new SignatureBody(context.Parsed.GetValue(item)!, context.Reason!);
            return ShowReset(context, await context.Client.PostAsync($"api/v1/kill-switch/resets/{reset}/signatures", body, WireJson.Default.SignatureBody, WireJson.Default.ResetView, context.IdempotencyKey).ConfigureAwait(false));
        });
    }

    private static Command Approve(Terminal terminal)
    {
        var id = IdArguments.One("reset", "Id of the reset.", "kill status");
        var code = new Option<string?>("--code") { Description = "One-time code of your authenticator (actorops access enroll)." };
        var approve = new Command("approve", "Approves a reset that another person asked for.") { id, code };
        return CommandContext.Act(approve, terminal, async context =>
        {
            var reset = context.Parsed.GetValue(id);
            if (context.Confirm($"{reset}", $"approves reset {reset}; its scopes go to REDUCE_ONLY, then recover in steps", reasonRequired: false) is { } stop)
            {
                return stop;
            }

            var answer = await context.Client.PostAsync(
                $"api/v1/kill-switch/resets/{reset}/approvals", new ApprovalBody(context.Parsed.GetValue(code)), WireJson.Default.ApprovalBody, WireJson.Default.ApprovalAnswer, context.IdempotencyKey).ConfigureAwait(false);
            return context.Show(
                answer,
                WireJson.Default.ApprovalAnswer,
                ["SCOPE", "LEVEL", "HELD BY"],
                answer.Recoveries.Count == 0 ? [["-", "-", "this reset holds nothing any more"]] : answer.Recoveries.Select(trip => new[] { trip.Scope, trip.Level, $"recovery {trip.TripId}; recovers in steps while the scope is healthy; see: actorops status" }));
        });
    }

    private static Command Reason(Terminal terminal)
    {
        var id = IdArguments.One("trip", "Id of the trip.", "kill status");
        return CommandContext.Act(new Command("reason", "Gives the reason of a trip after the fact: --reason.") { id }, terminal, async context =>
        {
            if (string.IsNullOrWhiteSpace(context.Reason))
            {
                await terminal.Error.WriteLineAsync("Give the reason: --reason TEXT").ConfigureAwait(false);
                return ExitCodes.Usage;
            }

            await context.Client.SendAsync($"api/v1/kill-switch/trips/{context.Parsed.GetValue(id)}/reason", new ReasonBody(context.Reason), WireJson.Default.ReasonBody, context.IdempotencyKey).ConfigureAwait(false);
            return ExitCodes.Done;
        });
    }

    private static int ShowReset(CommandContext context, ResetView view)
    {
        context.Note($"reset {view.ResetId} asked by {view.Person}, until {view.ExpiresAt:u}");
        foreach (var check in (view.Checks ?? []).Where(check => check.State == "Open"))
        {
            context.Note($"look at {check.Item}, then: actorops kill sign {view.ResetId} {check.Item} --reason TEXT --confirm {view.ResetId}");
        }

        context.Note($"once nothing is open, another person: actorops kill approve {view.ResetId} --code NNNNNN --confirm {view.ResetId} --token-file FILE");
        var rows = (view.Checks ?? []).Select(check => new[] { check.Item, check.State, check.Title, check.Detail });
        return context.Show(view, WireJson.Default.ResetView, ["ITEM", "STATE", "WHAT", "DETAIL"], context.Form == Output.OutputForm.Name ? [[$"{view.ResetId}"]] : rows);
    }
}
