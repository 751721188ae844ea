using System.CommandLine;
using ActorOps.Cli.Connecting;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Commands;

/// <summary>Changes that add risk: overrides of holds, looser limits, desks that ask for them, closing positions.</summary>
internal static class ChangeCommands
{
    public static Command Build(Terminal terminal)
    {
        var change = new Command("change", "Changes that add risk: requested by one person, approved by others, shown until they end.");
        change.Subcommands.Add(CommandContext.Act(new Command("list", "Changes that are requested or in force."), terminal, async context =>
        {
            var view = await context.Client.GetAsync("api/v1/changes", WireJson.Default.ItemsViewChangeView).ConfigureAwait(false);
            return context.Show(view, WireJson.Default.ItemsViewChangeView, Heads, view.Items.Select(Row));
        }));
        change.Subcommands.Add(Show(terminal));
        change.Subcommands.Add(Override(terminal));
        change.Subcommands.Add(Limits(terminal));
        change.Subcommands.Add(Approve(terminal));
        change.Subcommands.Add(End(terminal));
        return change;
    }

    internal static IReadOnlyList<string> Heads { get; } = ["CHANGE", "KIND", "STATE", "WHAT", "BY", "APPROVED BY"];

    internal static string?[] Row(ChangeView view) =>
        [$"{view.ChangeId}", view.Kind, view.InForce ? $"IN FORCE{(view.EndsAt is { } end ? $" until {end:u}" : string.Empty)}" : $"WAITING for {view.ApprovalsNeeded - view.ApprovedBy.Count} until {view.ExpiresAt:u}", view.Summary, view.Person, string.Join(", ", view.ApprovedBy)];

    private static Command Show(Terminal terminal)
    {
        var id = IdArguments.One("change", "Id of the change.", "change list");
        return CommandContext.Act(new Command("show", "Everything about one change: what it does, who asks, who has approved it.") { id }, terminal, async context =>
        {
            var change = context.Parsed.GetValue(id);
            var view = (await context.Client.GetAsync("api/v1/changes", WireJson.Default.ItemsViewChangeView).ConfigureAwait(false)).Items.FirstOrDefault(item => item.ChangeId == change);
            if (view is null)
            {
                terminal.Error.WriteLine($"There is no change {change} that waits or is in force. See: actorops change list");
                return ExitCodes.NotFound;
            }

            string?[][] rows =
            [
                ["change", $"{view.ChangeId}"], ["kind", view.Kind], ["about", view.Subject], .. view.Summary.Split("; ").Select((line, i) => (string?[])[i == 0 ? "what" : string.Empty, line]), ["reason", view.Reason],
                ["asked by", $"{view.Person} ({view.By}) at {view.RequestedAt:u}"], ["approved by", view.ApprovedBy.Count == 0 ? "nobody" : string.Join(", ", view.ApprovedBy)], ["state", Row(view)[2]],
            ];
            return context.Show(view, WireJson.Default.ChangeView, ["FIELD", "VALUE"], rows);
        });
    }

    private static Command Override(Terminal terminal)
    {
        var scope = new Argument<string>("scope") { Description = "Where the hold is." };
        var cause = new Option<string>("--cause") { Description = "Its cause, as kill status shows it after 'hold:'.", Required = true };
        var hours = new Option<double>("--hours") { Description = "How long, at most 8.", DefaultValueFactory = _ => 1 };
        return CommandContext.Act(new Command("override", "Requests that a hold is ignored for some hours; two other people approve.") { scope, cause, hours }, terminal, context =>
            RequestAsync(context, context.Parsed.GetValue(scope)!, new ChangeBody("override", context.Parsed.GetValue(scope)!, context.Reason ?? string.Empty)
            {
                Argument = context.Parsed.GetValue(cause),
                LifeMs = (long)TimeSpan.FromHours(context.Parsed.GetValue(hours)).TotalMilliseconds,
            }));
    }

    private static Command Limits(Terminal terminal)
    {
        var hash = new Argument<string>("hash") { Description = "Hash of the limits that the configuration asks for, see: actorops config limits." };
        return CommandContext.Act(new Command("limits", "Requests looser limits; another person approves.") { hash }, terminal, context =>
            RequestAsync(context, context.Parsed.GetValue(hash)!, new ChangeBody("limits", context.Parsed.GetValue(hash)!, context.Reason ?? string.Empty)));
    }

    private static async Task<int> RequestAsync(CommandContext context, string confirm, ChangeBody body)
    {
        if (context.Confirm(confirm, $"requests a change that adds risk: {body.Kind} {body.Subject} {body.Argument}") is { } stop)
        {
            return stop;
        }

        var view = await context.Client.PostAsync("api/v1/changes", body, WireJson.Default.ChangeBody, WireJson.Default.ChangeView, context.IdempotencyKey).ConfigureAwait(false);
        context.Show(view, WireJson.Default.ChangeView, Heads, [Row(view)]);
        return ExitCodes.Waiting;
    }

    private static Command Approve(Terminal terminal)
    {
        var id = IdArguments.One("change", "Id of the change.", "change list");
        var code = new Option<string?>("--code") { Description = "One-time code of your authenticator (actorops access enroll)." };
        return CommandContext.Act(new Command("approve", "Approves a change that another person asked for.") { id, code }, terminal, async context =>
        {
            var change = context.Parsed.GetValue(id);
            if (context.Confirm($"{change}", $"approves change {change}", reasonRequired: false) is { } stop)
            {
                return stop;
            }

            var view = await context.Client.PostAsync($"api/v1/changes/{change}/approvals", new ApprovalBody(context.Parsed.GetValue(code)), WireJson.Default.ApprovalBody, WireJson.Default.ChangeView, context.IdempotencyKey).ConfigureAwait(false);
            context.Show(view, WireJson.Default.ChangeView, Heads, [Row(view)]);
            return view.InForce ? ExitCodes.Done : ExitCodes.Waiting;
        });
    }

    private static Command End(Terminal terminal)
    {
        var id = IdArguments.One("change", "Id of the change.", "change list");
        return CommandContext.Act(new Command("end", "Ends or withdraws a change; it takes risk off and needs no approval.") { id }, terminal, async context =>
        {
            await context.Client.SendAsync($"api/v1/changes/{context.Parsed.GetValue(id)}/end", new ReasonBody(context.Reason), WireJson.Default.ReasonBody, context.IdempotencyKey).ConfigureAwait(false);
            return ExitCodes.Done;
        });
    }
}
