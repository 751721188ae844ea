using System.CommandLine;
using System.Diagnostics;
using ActorOps.Cli.Connecting;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Commands;

internal static class ConfigCommands
{
    public static Command Build(Terminal terminal)
    {
        var config = new Command("config", "Settings.");
        config.Subcommands.Add(CommandContext.Act(new Command("show", "Settings in force on the node, and where each comes from."), terminal, async context =>
        {
            var view = await context.Client.GetAsync("api/v1/config", WireJson.Default.ConfigView).ConfigureAwait(false);
            return context.Show(view, WireJson.Default.ConfigView, ["KEY", "VALUE", "FROM"], view.Items.Select(item => new[] { item.Key, item.Value, item.From }));
        }));
        config.Subcommands.Add(CommandContext.Act(new Command("limits", "Limits in force, and looser ones that the configuration asks for."), terminal, async context =>
        {
            var view = await context.Client.GetAsync("api/v1/limits", WireJson.Default.LimitsView).ConfigureAwait(false);
            foreach (var change in view.ProposedChanges)
            {
                context.Note($"asked for, not in force: {change}");
            }

            if (view.ProposedHash is { } hash)
            {
                context.Note($"to request them: actorops change limits {hash} --reason TEXT; another person approves");
            }

            return context.Show(view, WireJson.Default.LimitsView, ["LIMIT", "IN FORCE"], (view.Texts.Count > 0 ? view.Texts : view.Values).Select(value => new[] { value.Key, value.Value }));
        }));
        var file = new Argument<FileInfo>("file") { Description = "The configuration." };
        var check = new Command("check", "Checks a file with the node's own rules, without starting it.") { file };
        check.SetAction(async (parsed, cancellation) =>
        {
            var node = Path.Combine(AppContext.BaseDirectory, "actorops-node");
            if (!File.Exists(node))
            {
                await terminal.Error.WriteLineAsync($"{node} is missing; run actorops-node --config FILE --check where it is installed").ConfigureAwait(false);
                return ExitCodes.Failed;
            }

            using var process = Process.Start(node, ["--config", parsed.GetValue(file)!.FullName, "--check"]);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return process.ExitCode;
        });
        config.Subcommands.Add(check);
        return config;
    }
}
