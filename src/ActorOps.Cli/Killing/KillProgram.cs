using System.Text.Json;
using ActorOps.Cli.Connecting;
using ActorOps.Client;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Killing;

/// <summary>Trips. One question on a terminal, none with <c>--now</c> or without one; by file when no node answers.</summary>
internal static class KillProgram
{
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal)
    {
        if (KillArguments.Parse(arguments, out var problem) is not { } kill)
        {
            await terminal.Error.WriteLineAsync(problem).ConfigureAwait(false);
            return ExitCodes.Usage;
        }

        if (!kill.Now && terminal.IsInteractive && terminal.Ask($"Trip {kill.Level} for {kill.Scope}? [y/N] ") is not ("y" or "Y" or "yes"))
        {
            await terminal.Error.WriteLineAsync("nothing was tripped").ConfigureAwait(false);
            return ExitCodes.Declined;
        }

        var endpoint = Endpoint.Find(kill.Server, kill.TokenFile, out problem);
        if (endpoint is null || (problem.Length > 0 && endpoint.DataDirectory is null))
        {
            await terminal.Error.WriteLineAsync(problem).ConfigureAwait(false);
            return ExitCodes.Unreachable;
        }

        try
        {
            using var client = new ActorOpsClient(endpoint.Server, endpoint.Token, TimeSpan.FromSeconds(5));
            var answer = await client.PostAsync(
                "api/v1/kill-switch/trips", new TripBody(kill.Scope, kill.Level, kill.Reason, "cli"), WireJson.Default.TripBody, WireJson.Default.TripAnswer).ConfigureAwait(false);
            return Report(answer, kill, terminal);
        }
        catch (ActorOpsException refused)
        {
            await terminal.Error.WriteLineAsync(refused.Message).ConfigureAwait(false);
            return ExitCodes.Of(refused);
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException or IOException or JsonException)
        {
            return ByFile(kill, endpoint, lost.Message, terminal);
        }
    }

    private static int Report(TripAnswer answer, KillArguments kill, Terminal terminal)
    {
        terminal.Out.WriteLine(kill.Json
            ? JsonSerializer.Serialize(answer, WireJson.Default.TripAnswer)
            : $"{answer.TripId}  {answer.Level} {answer.Scope}  latched on {answer.Node}, {answer.Propagation.Acknowledged} of {answer.Propagation.Nodes} nodes, {(answer.Durable ? "stored" : "not stored yet")}");
        foreach (var missing in answer.Propagation.Missing)
        {
            terminal.Error.WriteLine($"not confirmed by {missing}");
        }

        return answer.Propagation.Missing.Count == 0 || answer.Durable ? ExitCodes.Done : ExitCodes.Partial;
    }

    /// <summary>The node reads this file as soon as it lives, before it opens anything.</summary>
    private static int ByFile(KillArguments kill, Endpoint endpoint, string why, Terminal terminal)
    {
        terminal.Error.WriteLine($"no answer from {endpoint.Server}: {why}");
        if (endpoint.DataDirectory is null)
        {
            terminal.Error.WriteLine("no data directory of a node is here either: nothing was tripped");
            return ExitCodes.Unreachable;
        }

        var path = Path.Combine(endpoint.DataDirectory, "KILL_SWITCH");
        try
        {
            var reason = kill.Reason is null ? "offline kill" : kill.Reason;
            File.WriteAllText(path + ".cli", $"{{\"scope\":\"{JsonEncodedText.Encode(kill.Scope)}\",\"level\":\"{JsonEncodedText.Encode(kill.Level)}\",\"reason\":\"{JsonEncodedText.Encode(reason)}\"}}\n");
            File.Move(path + ".cli", path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"{path} could not be written: {error.Message}");
            return ExitCodes.Unreachable;
        }

        terminal.Error.WriteLine($"LOCAL ONLY: written to {path}; it takes effect when that node runs. Desks without a node stop adding risk by themselves when their permits end (3 s).");
        return ExitCodes.Partial;
    }
}
