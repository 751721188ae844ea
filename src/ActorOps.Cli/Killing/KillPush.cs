using System.Net.Sockets;
using System.Text.Json;
using ActorOps.Cli.Connecting;

namespace ActorOps.Cli.Killing;

/// <summary>Continues to tell the nodes of a trip that not all of them have, and that is not stored: until it is, or somebody breaks it off.</summary>
internal static class KillPush
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WithoutTerminal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Others = TimeSpan.FromMilliseconds(500);

    /// <summary>The first answer counts; the other calls are on their way already and need only a moment.</summary>
    public static async Task LetFinishAsync(IReadOnlyList<Task> others)
    {
        if (others.Count > 0)
        {
            await Task.WhenAny(Task.WhenAll(others), Task.Delay(Others, TimeProvider.System)).ConfigureAwait(false);
        }
    }

    public static async Task<int> RunAsync(KillArguments kill, Endpoint endpoint, Terminal terminal)
    {
        await terminal.Error.WriteLineAsync(terminal.IsInteractive ? "telling them again every second; Ctrl-C ends that, not the trip" : $"telling them again every second for {WithoutTerminal.TotalSeconds:0} s").ConfigureAwait(false);
        var started = TimeProvider.System.GetTimestamp();

        // The same trip under the same id: a node that has it already only says so.
        while (terminal.IsInteractive || TimeProvider.System.GetElapsedTime(started) < WithoutTerminal)
        {
            await Task.Delay(Pause, TimeProvider.System).ConfigureAwait(false);
            foreach (var server in endpoint.Servers)
            {
                try
                {
                    var reply = await TripCall.PostAsync(server, endpoint.Token, kill with { Cancel = false, Flatten = false }).ConfigureAwait(false);
                    using var answer = JsonDocument.Parse(reply!.Body);
                    if (reply.Status is 200 or 201 && IsConfirmed(answer.RootElement))
                    {
                        KillProgram.Report(answer.RootElement, kill, terminal);
                        return ExitCodes.Done;
                    }
                }
                catch (Exception lost) when (lost is SocketException or HttpRequestException or OperationCanceledException or IOException or JsonException)
                {
                    // It may answer the next time.
                }
            }
        }

        return ExitCodes.Partial;
    }

    private static bool IsConfirmed(JsonElement answer) => answer.GetProperty("durable").GetBoolean() || answer.GetProperty("propagation").GetProperty("missing").GetArrayLength() == 0;
}
