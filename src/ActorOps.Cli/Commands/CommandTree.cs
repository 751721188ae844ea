using System.CommandLine;
using ActorOps.Cli.Connecting;

namespace ActorOps.Cli.Commands;

/// <summary>Every noun and verb.</summary>
internal static class CommandTree
{
    /// <summary>A word that begins with @ is a word: no file is read for it.</summary>
    public static ParserConfiguration Configuration { get; } = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] arguments, Terminal terminal)
    {
        var root = Build(terminal);
        var result = root.Parse(arguments, Configuration);
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors)
            {
                await terminal.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            }

            await terminal.Error.WriteLineAsync("see actorops --help").ConfigureAwait(false);
            return ExitCodes.Usage;
        }

        return await result.InvokeAsync(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
    }

    public static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand("ActorOps: operations control plane of a trading desk");
        foreach (var option in (Option[])[Globals.Server, Globals.TokenFile, Globals.Output, Globals.Yes, Globals.Confirm, Globals.Reason, Globals.IdempotencyKey, Globals.NoColor, Globals.Quiet])
        {
            root.Options.Add(option);
        }

        root.Subcommands.Add(StatusCommands.Status(terminal));
        root.Subcommands.Add(SupervisorCommands.Build(terminal));
        root.Subcommands.Add(StatusCommands.Actor(terminal));
        root.Subcommands.Add(KillCommands.Build(terminal));
        root.Subcommands.Add(ProcedureCommands.Emergency(terminal));
        root.Subcommands.Add(ProcedureCommands.Rollback(terminal));
        root.Subcommands.Add(ChangeCommands.Build(terminal));
        root.Subcommands.Add(FeedCommands.Build(terminal));
        root.Subcommands.Add(StatusCommands.Escalation(terminal));
        root.Subcommands.Add(ClusterCommands.Build(terminal));
        root.Subcommands.Add(NodeCommands.Build(terminal));
        root.Subcommands.Add(AccessCommands.Build(terminal));
        root.Subcommands.Add(BackupCommands.Build(terminal));
        root.Subcommands.Add(LogCommands.Build(terminal));
        root.Subcommands.Add(ConfigCommands.Build(terminal));
        return root;
    }
}
