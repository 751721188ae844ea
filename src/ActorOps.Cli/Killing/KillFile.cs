using System.Text;
using System.Text.Json;
using ActorOps.Cli.Connecting;

namespace ActorOps.Cli.Killing;

/// <summary>The way that needs no node: the file that each node of the data directory reads before it opens anything, and each second while it runs.</summary>
internal static class KillFile
{
    public static int Write(KillArguments kill, Endpoint endpoint, List<string> failures, Terminal terminal)
    {
        failures.ForEach(failure => terminal.Error.WriteLine(KillWords.Clean(failure)));
        if (endpoint.DataDirectory is null)
        {
            terminal.Error.WriteLine(KillWords.Nothing("no node took it, and no data directory of a node is here", OtherWays.Of(endpoint)));
            return ExitCodes.Unreachable;
        }

        var path = Path.Combine(endpoint.DataDirectory, "KILL_SWITCH");
        try
        {
            WritePrivate(path + ".cli", $"{{\"scope\":\"{JsonEncodedText.Encode(kill.Scope)}\",\"level\":\"{JsonEncodedText.Encode(kill.Level)}\",\"reason\":\"{JsonEncodedText.Encode(kill.Reason ?? "offline kill")}\"}}\n");
            File.Move(path + ".cli", path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine(KillWords.Nothing($"no node took it, and {path} could not be written: {error.Message}", OtherWays.Of(endpoint)));
            return ExitCodes.Unreachable;
        }

        terminal.Error.WriteLine($"LOCAL ONLY: written to {path}. Desks without a node stop adding risk by themselves when their permits end (3 s).");
        terminal.Error.WriteLine($"NOTHING WAS TRIPPED yet: no node took it. {path} trips {kill.Level} {kill.Scope} when the node starts, or within 1 s if it runs. Next: start the node, then actorops kill status");
        return ExitCodes.Partial;
    }

    private static void WritePrivate(string path, string text)
    {
        File.Delete(path);
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        file.Write(Encoding.UTF8.GetBytes(text));
    }
}
