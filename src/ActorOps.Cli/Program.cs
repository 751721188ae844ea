using ActorOps.Cli.Commands;
using ActorOps.Cli.Connecting;
using ActorOps.Cli.Killing;

namespace ActorOps.Cli;

internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        // The way to the kill switch is short: no command framework, no tables.
        if (KillArguments.Owns(arguments))
        {
            return await KillProgram.RunAsync(arguments, Terminal.System).ConfigureAwait(false);
        }

        return await CommandTree.RunAsync(arguments, Terminal.System).ConfigureAwait(false);
    }
}
