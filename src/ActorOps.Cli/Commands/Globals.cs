using System.CommandLine;
using ActorOps.Cli.Output;

namespace ActorOps.Cli.Commands;

/// <summary>Options that every command has.</summary>
internal static class Globals
{
    public static Option<string?> Server { get; } = new("--server") { Description = "Address of a node, or several separated by commas: the next is asked when one is not reached.", Recursive = true };

    public static Option<string?> TokenFile { get; } = new("--token-file") { Description = "File with the token to use.", Recursive = true };

    public static Option<OutputForm> Output { get; } = new("-o", "--output") { Description = "Form of the data.", Recursive = true, DefaultValueFactory = _ => OutputForm.Table };

    public static Option<bool> Yes { get; } = new("--yes") { Description = "Do not ask (confirmation level 1).", Recursive = true };

    public static Option<string?> Confirm { get; } = new("--confirm") { Description = "The name asked for by changes of level 2 and 3.", Recursive = true };

    public static Option<string?> Reason { get; } = new("--reason") { Description = "Why.", Recursive = true };

    public static Option<string?> IdempotencyKey { get; } = new("--idempotency-key") { Description = "Makes a repeat harmless; default: a new one.", Recursive = true };

    public static Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours.", Recursive = true };

    public static Option<bool> Quiet { get; } = new("--quiet") { Description = "No remarks on stderr.", Recursive = true };
}
