using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using ActorOps.Cli.Connecting;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Commands;

/// <summary>Emergencies and rollbacks: begun once, finished by whichever node runs.</summary>
internal static class ProcedureCommands
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);

    public static Command Emergency(Terminal terminal)
    {
        var emergency = new Command("emergency", "Bring a scope to rest, with a certificate of what was seen at the brokers.");
        var scope = new Option<string>("--scope") { Description = "Where.", DefaultValueFactory = _ => "firm" };
        var flatten = new Option<bool>("--flatten") { Description = "Close positions too; --confirm SCOPE, and another person approves." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what it would do, change nothing." };
        var detach = new Option<bool>("--detach") { Description = "Do not wait for its end." };
        var shutdown = new Command("shutdown", "Block, cancel all, verify, keep desks from starting again, tell people; asks once on a terminal.") { scope, flatten, dryRun, detach, Now() };
        emergency.Subcommands.Add(CommandContext.Act(shutdown, terminal, async context =>
        {
            var body = new EmergencyBody(context.Parsed.GetValue(scope)!, context.Reason)
            {
                Shutdown = true,
                Flatten = context.Parsed.GetValue(flatten),
                Confirm = context.Parsed.GetValue(Globals.Confirm),
                DryRun = context.Parsed.GetValue(dryRun),
            };
            return !body.DryRun && !IsSure(context, terminal, $"Shut down {body.Scope}: block it and cancel its open orders{(body.Flatten ? ", and ask to close its positions" : string.Empty)}?")
                ? ExitCodes.Declined
                : await RunAsync(context, "emergencies", body, WireJson.Default.EmergencyBody, body.DryRun, context.Parsed.GetValue(detach)).ConfigureAwait(false);
        }));
        emergency.Subcommands.Add(Status(terminal, "emergencies"));
        return emergency;
    }

    public static Command Rollback(Terminal terminal)
    {
        var rollback = new Command("rollback", "Go back to the last known good state, in seven steps.");
        var scope = new Option<string>("--scope") { Description = "Where.", DefaultValueFactory = _ => "firm" };
        var version = new Option<string?>("--target-version") { Description = "Model version to go back to; default: the last known good one." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what it would do, change nothing." };
        var detach = new Option<bool>("--detach") { Description = "Do not wait for its end." };
        var run = new Command("run", "Begin a rollback; needs --reason; asks once on a terminal.") { scope, version, dryRun, detach, Now() };
        rollback.Subcommands.Add(CommandContext.Act(run, terminal, async context =>
        {
            var body = new RollbackBody(context.Parsed.GetValue(scope), context.Reason) { TargetVersion = context.Parsed.GetValue(version), DryRun = context.Parsed.GetValue(dryRun) };
            if (!body.DryRun && string.IsNullOrWhiteSpace(body.Reason))
            {
                await terminal.Error.WriteLineAsync("this change needs --reason").ConfigureAwait(false);
                return ExitCodes.Usage;
            }

            return !body.DryRun && !IsSure(context, terminal, $"Roll back {body.Scope}: stop it, and go back to {body.TargetVersion ?? "the last known good model"}?")
                ? ExitCodes.Declined
                : await RunAsync(context, "rollbacks", body, WireJson.Default.RollbackBody, body.DryRun, context.Parsed.GetValue(detach)).ConfigureAwait(false);
        }));
        rollback.Subcommands.Add(Status(terminal, "rollbacks"));
        return rollback;
    }

    private static Option<bool> Now() => new("--now") { Description = "Do not ask." };

    /// <summary>Taking risk off asks once on a terminal, and never elsewhere.</summary>
    private static bool IsSure(CommandContext context, Terminal terminal, string question)
    {
        if (!terminal.IsInteractive || context.Parsed.GetValue(Globals.Yes) || context.Parsed.GetValue<bool>("--now") || terminal.Ask($"{question} [y/N] ") is "y" or "Y" or "yes")
        {
            return true;
        }

        terminal.Error.WriteLine("nothing was done: the answer was not yes");
        return false;
    }

    private static Command Status(Terminal terminal, string path)
    {
        var id = IdArguments.Optional("id", "Id; without it: a list.", path == "rollbacks" ? "rollback status" : "emergency status");
        return CommandContext.Act(new Command("status", "One procedure by id, or the list of recent ones.") { id }, terminal, async context =>
        {
            if (context.Parsed.GetValue(id) is { } one)
            {
                return ProcedureOutput.Show(context, await context.Client.GetAsync($"api/v1/{path}/{one}", WireJson.Default.ProcedureView).ConfigureAwait(false));
            }

            var all = await context.Client.GetAsync($"api/v1/{path}", WireJson.Default.ItemsViewProcedureView).ConfigureAwait(false);
            return context.Show(all, WireJson.Default.ItemsViewProcedureView, ["ID", "SCOPE", "OUTCOME", "BY", "BEGAN", "REASON"], all.Items.Select(view => new[] { $"{view.ProcedureId}", view.Scope, view.Outcome ?? "RUNNING", view.By, view.StartedAt.ToString("u"), view.Reason }));
        });
    }

    private static async Task<int> RunAsync<T>(CommandContext context, string path, T body, JsonTypeInfo<T> type, bool isDryRun, bool isDetached)
    {
        var view = await context.Client.PostAsync($"api/v1/{path}", body, type, WireJson.Default.ProcedureView, context.IdempotencyKey).ConfigureAwait(false);
        if (isDryRun)
        {
            return context.Show(view, WireJson.Default.ProcedureView, ["STEP", "EFFECT"], view.Steps.Select(step => new[] { step.Name, step.Effect }));
        }

        context.Note($"{view.Kind} {view.ProcedureId} has begun");
        if (view.FlattenChangeId is { } change)
        {
            context.Note($"positions are closed once another person approves: actorops change approve {change} --code NNNNNN");
        }

        while (!isDetached && view.Outcome is null && !view.Steps.Any(step => step is { Name: "flatten", State: "Intended" }))
        {
            await Task.Delay(Look, TimeProvider.System).ConfigureAwait(false);
            view = await context.Client.GetAsync($"api/v1/{path}/{view.ProcedureId}", WireJson.Default.ProcedureView).ConfigureAwait(false);
        }

        return ProcedureOutput.Show(context, view);
    }
}
