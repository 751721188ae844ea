using System.CommandLine;
using System.Diagnostics;
using ActorOps.Cli.Connecting;

namespace ActorOps.Cli.Commands;

internal static class NodeCommands
{
    public static Command Build(Terminal terminal)
    {
        var node = new Command("node", "A node on this machine.");
        var arguments = new Argument<string[]>("arguments") { Description = "What actorops-node takes, such as --config FILE.", Arity = ArgumentArity.ZeroOrMore };
        var run = new Command("run", "Runs a node in the foreground and restarts it after a crash or when it was declared down.") { arguments };
        run.TreatUnmatchedTokensAsErrors = false;
        run.SetAction(async (parsed, cancellation) =>
        {
            var program = Path.Combine(AppContext.BaseDirectory, "actorops-node");
            if (!File.Exists(program))
            {
                await terminal.Error.WriteLineAsync($"There is no {program}; put the node's program into the directory of this one").ConfigureAwait(false);
                return ExitCodes.Failed;
            }

            using var process = Process.Start(new ProcessStartInfo(program, ["--supervise", .. parsed.GetValue(arguments) ?? [], .. parsed.UnmatchedTokens]))!;
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            return process.ExitCode;
        });
        node.Subcommands.Add(run);
        return node;
    }
}
