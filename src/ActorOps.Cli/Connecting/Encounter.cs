using ActorOps.Client;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Connecting;

/// <summary>
/// Whether the node that answers is the one that <c>endpoint.json</c> names. That file outlives a node that was ended by force, and another program may have
/// its port since. Asked without a token, so that a stranger is not given one.
/// </summary>
internal static class Encounter
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>A sentence when another node or program answers; null when the right one does, none does, or nothing says which one is right.</summary>
    public static async Task<string?> ProblemAsync(Endpoint endpoint)
    {
        if (endpoint.Expected is not { Instance.Length: > 0 } expected || endpoint.Servers is not [var server])
        {
            return null;
        }

        try
        {
            using var client = new ActorOpsClient(server, token: null, Limit);
            using var answer = await client.Http.GetAsync("livez").ConfigureAwait(false);
            return Problem(expected, answer.Headers.TryGetValues(EndpointFile.InstanceHeader, out var found) ? found.FirstOrDefault() : null, endpoint.DataDirectory);
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException)
        {
            // The call itself says that nobody answers.
            return null;
        }
    }

    /// <summary>A sentence when a trip was answered by another node or program than <c>endpoint.json</c> names.</summary>
    public static string? Problem(Endpoint endpoint, Killing.TripReply reply) =>
        endpoint.Expected is { Instance.Length: > 0 } expected ? Problem(expected, reply.Instance, endpoint.DataDirectory) : null;

    /// <summary>Compares the instance in an answer with the one that is expected.</summary>
    internal static string? Problem(EndpointFile expected, string? found, string? directory) => found == expected.Instance
        ? null
        : $"{expected.Url} is answered by {(found is null ? "another program" : "another node")}, not by node {expected.Node} of {directory}, which was process {expected.Pid}. "
            + "Start that node again, or name the node that is meant: --server URL --token-file FILE, or ACTOROPS_DATA.";
}
