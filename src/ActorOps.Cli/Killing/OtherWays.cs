using ActorOps.Cli.Connecting;

namespace ActorOps.Cli.Killing;

/// <summary>Ways to trip that need no token of a person. They are on the node's own machine.</summary>
internal static class OtherWays
{
    public static string Of(Endpoint? endpoint)
    {
        var data = endpoint?.DataDirectory ?? "<data>";
        return $"Without a token, on the node's machine: actorops kill --now --token-file {Path.Combine(data, "break-glass.token")}, or touch {Path.Combine(data, "KILL_SWITCH")}, or kill -USR1 {Process(endpoint)}";
    }

    /// <summary>The node's process, if it is that of a node still: a signal to another one would end it.</summary>
    private static string Process(Endpoint? endpoint)
    {
        const string unknown = "<pid of actorops-node>";
        if (endpoint?.Process is not { } process)
        {
            return unknown;
        }

        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Contains("actorops-node", StringComparison.Ordinal) ? $"{process}" : unknown;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return unknown;
        }
    }
}
