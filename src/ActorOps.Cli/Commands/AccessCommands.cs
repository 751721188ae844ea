using System.CommandLine;
using ActorOps.Cli.Connecting;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Commands;

internal static class AccessCommands
{
    public static Command Build(Terminal terminal)
    {
        var access = new Command("access", "Who may do what.");
        access.Subcommands.Add(CommandContext.Act(new Command("list", "Every principal."), terminal, async context =>
        {
            var view = await context.Client.GetAsync("api/v1/access/principals", WireJson.Default.ItemsViewPrincipalView).ConfigureAwait(false);
            return context.Show(view, WireJson.Default.ItemsViewPrincipalView, ["NAME", "PERSON", "ROLES", "CHANGED", "CODE", "DESK", "GRANTED BY"], view.Items.Select(p => new[]
            {
                p.Name, p.DisplayName is { } shown ? $"{p.Person} ({shown})" : p.Person, string.Join(',', p.Roles), p.ChangedAt.ToString("u"), p.HasCode ? "yes" : "no", p.Desk, p.ApprovedBy is { } other ? $"{p.GrantedBy}, {other}" : p.GrantedBy,
            }));
        }));
        access.Subcommands.Add(Add(terminal));
        access.Subcommands.Add(CommandContext.Act(new Command("enroll", "Gives you one-time codes: prints, once, what your authenticator needs."), terminal, async context =>
        {
            var answer = await context.Client.PostAsync("api/v1/access/codes", new CodeBody(), WireJson.Default.CodeBody, WireJson.Default.CodeAnswer, context.IdempotencyKey).ConfigureAwait(false);
            context.Note("keep this in an authenticator now; it is not shown again. Approvals count once it is 24 h old, in a drill at once (actorops.kill-switch.approver-minimum-age).");
            return context.Show(answer, WireJson.Default.CodeAnswer, ["NAME", "URI"], [[answer.Name, answer.Uri]]);
        }));
        var name = new Argument<string>("name") { Description = "Name of the principal." };
        access.Subcommands.Add(CommandContext.Act(new Command("revoke", "Voids a principal's token.") { name }, terminal, async context =>
        {
            var who = context.Parsed.GetValue(name)!;
            if (context.Confirm(who, $"the token of {who} is void at once", reasonRequired: false) is { } stop)
            {
                return stop;
            }

            await context.Client.DeleteAsync($"api/v1/access/principals/{Uri.EscapeDataString(who)}").ConfigureAwait(false);
            return ExitCodes.Done;
        }));
        return access;
    }

    private static Command Add(Terminal terminal)
    {
        var name = new Argument<string>("name") { Description = "Name of the new principal." };
        var person = new Option<string>("--person") { Description = "Id of the human being behind it: 2 to 64 small letters, digits or . _ -", Required = true };
        var display = new Option<string?>("--display-name") { Description = "How that person is shown, such as 'Bob Smith'." };
        var roles = new Option<string[]>("--role") { Description = "auditor, operator, admin, engineering, risk, desk or alerts; repeat for more.", Required = true };
        var desk = new Option<string?>("--desk") { Description = "The desk of a trading system." };
        var days = new Option<int?>("--expires-in-days") { Description = "Days until the token ends; default: never." };
        var scopes = new Option<string[]>("--scope") { Description = "Scope that a source of alerts may trip; repeat for more; default: any." };
        var add = new Command("add", "Adds a principal and prints its token, once. Risk and admin wait for another person: actorops change approve.") { name, person, display, roles, desk, days, scopes };
        return CommandContext.Act(add, terminal, async context =>
        {
            var who = context.Parsed.GetValue(name)!;
            if (context.Confirm(who, $"{who} gets the roles {string.Join(", ", context.Parsed.GetValue(roles)!)}", reasonRequired: false) is { } stop)
            {
                return stop;
            }

            var body = new PrincipalBody(who, context.Parsed.GetValue(person)!, context.Parsed.GetValue(roles)!, context.Parsed.GetValue(desk), context.Parsed.GetValue(days))
            {
                Scopes = context.Parsed.GetValue(scopes) ?? [],
                DisplayName = context.Parsed.GetValue(display),
                Reason = context.Reason,
            };
            var answer = await context.Client.PostAsync("api/v1/access/principals", body, WireJson.Default.PrincipalBody, WireJson.Default.PrincipalAnswer, context.IdempotencyKey).ConfigureAwait(false);
            if (context.Form is Output.OutputForm.Table or Output.OutputForm.Wide)
            {
                await terminal.Error.WriteLineAsync("keep this token; it is not shown again").ConfigureAwait(false);
                await terminal.Out.WriteLineAsync(Output.TableText.Clean(answer.Token)).ConfigureAwait(false);
            }
            else
            {
                context.Show(answer, WireJson.Default.PrincipalAnswer, ["NAME"], [[answer.Name]]);
            }

            if (answer.ChangeId is not { } change)
            {
                return ExitCodes.Done;
            }

            context.Note($"the token works once another person agrees: actorops change approve {change} --code NNNNNN --confirm {change}");
            return ExitCodes.Waiting;
        });
    }
}
