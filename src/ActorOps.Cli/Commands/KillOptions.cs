using System.CommandLine;
using ActorOps.Cli.Connecting;
using ActorOps.Cli.Killing;

namespace ActorOps.Cli.Commands;

/// <summary>
/// The options of a trip, for help, and for the comparison of both readers by their tests. A trip that is typed never comes here: <see cref="KillArguments"/> reads
/// it, without a command framework.
/// </summary>
internal static class KillOptions
{
    private static readonly Option<string> Scope = new("--scope") { Description = "Where: firm, region/R, broker/B, account/A, strategy/S or symbol/X.", DefaultValueFactory = _ => "firm" };
    private static readonly Option<string> Level = new("--level") { Description = "How far: KILLED, CANCEL_ONLY or REDUCE_ONLY.", DefaultValueFactory = _ => "KILLED" };
    private static readonly Option<bool> Cancel = new("--cancel") { Description = "Cancel open orders at the brokers too, and verify." };
    private static readonly Option<bool> Flatten = new("--flatten") { Description = "Close positions too; --confirm SCOPE, and another person approves." };
    private static readonly Option<bool> Now = new("--now") { Description = "Do not ask." };
    private static readonly Option<bool> Once = new("--once") { Description = "Do not continue to tell nodes that have not confirmed it." };

    public static Command AddTo(Command command, Terminal terminal)
    {
        foreach (var option in (Option[])[Scope, Level, Cancel, Flatten, Now, Once])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, _) => KillProgram.RunAsync(Read(parsed), terminal));
        return command;
    }

    public static KillArguments Read(ParseResult parsed) => new()
    {
        Scope = parsed.GetValue(Scope)!,
        Level = parsed.GetValue(Level)!,
        Reason = parsed.GetValue(Globals.Reason),
        Cancel = parsed.GetValue(Cancel),
        Flatten = parsed.GetValue(Flatten),
        Confirm = parsed.GetValue(Globals.Confirm),
        Now = parsed.GetValue(Now) || parsed.GetValue(Globals.Yes),
        Once = parsed.GetValue(Once),
        Form = parsed.GetValue(Globals.Output),
        Quiet = parsed.GetValue(Globals.Quiet),
        Server = parsed.GetValue(Globals.Server),
        TokenFile = parsed.GetValue(Globals.TokenFile),
        IdempotencyKey = parsed.GetValue(Globals.IdempotencyKey),
    };
}
