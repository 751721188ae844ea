using System.Net.Sockets;
using System.Text.Json;
using ActorOps.Cli.Connecting;

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
            var (status, body) = await TripCall.PostAsync(endpoint, kill).ConfigureAwait(false);
            using var answer = JsonDocument.Parse(body);
            return status is 200 or 201 ? Report(answer.RootElement, kill, terminal) : Refused(status, answer.RootElement, terminal);
        }
        catch (Exception lost) when (lost is SocketException or HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            return ByFile(kill, endpoint, lost.Message, terminal);
        }
    }

    private static int Report(JsonElement answer, KillArguments kill, Terminal terminal)
    {
        var propagation = answer.GetProperty("propagation");
        var durable = answer.GetProperty("durable").GetBoolean();
        terminal.Out.WriteLine(kill.Json
            ? answer.GetRawText()
            : $"{answer.GetProperty("tripId")}  {answer.GetProperty("level")} {answer.GetProperty("scope")}  latched on {answer.GetProperty("node")}, {propagation.GetProperty("acknowledged")} of {propagation.GetProperty("nodes")} nodes, {(durable ? "stored" : "not stored yet")}");
        var missing = propagation.GetProperty("missing");
        foreach (var node in missing.EnumerateArray())
        {
            terminal.Error.WriteLine($"not confirmed by {node}");
        }

        return missing.GetArrayLength() == 0 || durable ? ExitCodes.Done : ExitCodes.Partial;
    }

    private static int Refused(int status, JsonElement problem, Terminal terminal)
    {
        terminal.Error.WriteLine($"{Text(problem, "code")}: {Text(problem, "detail")}");
        return ExitCodes.Of(status);
    }

    private static string Text(JsonElement problem, string name) => problem.TryGetProperty(name, out var value) ? value.ToString() : "unknown";

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
