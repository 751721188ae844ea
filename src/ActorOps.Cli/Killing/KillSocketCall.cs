using System.Net.Sockets;
using ActorOps.Cli.Connecting;

namespace ActorOps.Cli.Killing;

/// <summary>
/// The trip by the socket in the data directory of this machine's node: for when the node does not answer by HTTP. It needs no token, and only trips. A node that
/// has refused is not asked again by this way.
/// </summary>
internal static class KillSocketCall
{
    /// <summary>HTTP says who trips, so it has this much time to do it first.</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The call, made once the others have failed or had their time; it gives null when one of them has been answered. Null when no node of this machine is meant,
    /// or it has no such socket.
    /// </summary>
    public static Task<TripReply?>? Begin(Endpoint endpoint, KillArguments kill, IReadOnlyList<Task<TripReply?>> others) =>
        endpoint is { IsLocal: true, DataDirectory: { } directory } && Path.Combine(directory, "kill.sock") is var path && File.Exists(path) ? CallAsync(path, endpoint, kill, others) : null;

    private static async Task<TripReply?> CallAsync(string path, Endpoint endpoint, KillArguments kill, IReadOnlyList<Task<TripReply?>> others)
    {
        var settled = Task.WhenAll(others.Select(call => IsAnsweredAsync(call, endpoint)));
        var first = await Task.WhenAny(settled, Task.Delay(HeadStart, TimeProvider.System)).ConfigureAwait(false);
        return first == settled && (await settled.ConfigureAwait(false)).Contains(true)
            ? null
            : await TripCall.PostAsync(new UnixDomainSocketEndPoint(path), kill with { Cancel = false, Flatten = false }).ConfigureAwait(false);
    }

    private static async Task<bool> IsAnsweredAsync(Task<TripReply?> call, Endpoint endpoint)
    {
        try
        {
            return await call.ConfigureAwait(false) is { Status: not (429 or 503) } reply && Encounter.Problem(endpoint, reply) is null;
        }
        catch (Exception lost) when (lost is SocketException or HttpRequestException or OperationCanceledException or IOException)
        {
            // Its failure is shown where its result is looked at.
            return false;
        }
    }
}
