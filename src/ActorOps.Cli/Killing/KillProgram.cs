using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ActorOps.Cli.Connecting;

namespace ActorOps.Cli.Killing;

/// <summary>
/// Trips. One question on a terminal, none with <c>--now</c> or without one. All nodes that are known are told at once: the first answer counts and is shown, the
/// others go on. By file when no node answers.
/// </summary>
internal static class KillProgram
{
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal)
    {
        if (KillArguments.Parse(arguments, out var problem) is not { } kill)
        {
            await terminal.Error.WriteLineAsync(problem).ConfigureAwait(false);
            return ExitCodes.Usage;
        }

        if (Ask(ref kill, terminal) is { } code)
        {
            return code;
        }

        var endpoint = Endpoint.Find(kill.Server, kill.TokenFile, out problem);
        if (endpoint is null || (problem.Length > 0 && endpoint.DataDirectory is null))
        {
            await terminal.Error.WriteLineAsync(problem).ConfigureAwait(false);
            return ExitCodes.Unreachable;
        }

        return await TellAsync(kill, endpoint, terminal).ConfigureAwait(false);
    }

    private static int? Ask(ref KillArguments kill, Terminal terminal)
    {
        if (!kill.Now && terminal.IsInteractive && terminal.Ask($"Trip {kill.Level} for {kill.Scope}? [y/N] ") is not ("y" or "Y" or "yes"))
        {
            terminal.Error.WriteLine("nothing was tripped");
            return ExitCodes.Declined;
        }

        // To close positions is another question, with the scope typed; a wrong answer to it does not keep the trip from happening.
        if (kill.Flatten && kill.Confirm is null && terminal.IsInteractive)
        {
            kill = kill with { Confirm = terminal.Ask($"Close all positions of {kill.Scope} too, once another person approves? Type {kill.Scope}: ") };
        }

        if (kill.Flatten && kill.Confirm != kill.Scope)
        {
            terminal.Error.WriteLine($"positions are not closed: that needs --confirm {kill.Scope}; the trip goes ahead");
            kill = kill with { Flatten = false, Cancel = true };
        }

        return null;
    }

    private static async Task<int> TellAsync(KillArguments kill, Endpoint endpoint, Terminal terminal)
    {
        var calls = endpoint.Servers.Select(server => TripCall.PostAsync(server, endpoint.Token, kill)).ToList();
        var socket = KillSocketCall.Begin(endpoint, kill, [.. calls]);
        calls.AddRange(socket is null ? [] : [socket]);
        var failures = new List<string>();
        TripReply? refusal = null;
        for (var open = calls.ToList(); open.Count > 0;)
        {
            var first = await Task.WhenAny(open).ConfigureAwait(false);
            open.Remove(first);
            try
            {
                if (await first.ConfigureAwait(false) is not { } reply)
                {
                    continue;
                }

                if (first != socket && Encounter.Problem(endpoint, reply) is { } stranger)
                {
                    // Whatever it has done, the node that is meant has to be told.
                    failures.Add(reply.Status is 200 or 201 ? $"{stranger} It has tripped {kill.Scope} too." : stranger);
                    continue;
                }

                if (reply.Status is not (200 or 201))
                {
                    refusal = reply;
                    continue;
                }

                failures.ForEach(terminal.Error.WriteLine);
                if (first == socket && (kill.Cancel || kill.Flatten))
                {
                    terminal.Error.WriteLine("tripped by the kill socket, which does nothing else: orders at the brokers are not cancelled by it");
                }

                using var answer = JsonDocument.Parse(reply.Body);
                var confirmed = Report(answer.RootElement, kill, terminal);
                await KillPush.LetFinishAsync(open).ConfigureAwait(false);
                return confirmed ? ExitCodes.Done : kill.Once ? ExitCodes.Partial : await KillPush.RunAsync(kill, endpoint, terminal).ConfigureAwait(false);
            }
            catch (Exception lost) when (lost is SocketException or HttpRequestException or OperationCanceledException or IOException or JsonException)
            {
                failures.Add($"no answer from {(first == socket ? "the kill socket" : endpoint.Servers[calls.IndexOf(first)])}: {lost.Message}");
            }
        }

        if (refusal is { } refused)
        {
            using var problem = JsonDocument.Parse(refused.Body);
            return Refused(refused.Status, problem.RootElement, terminal);
        }

        return ByFile(kill, endpoint, failures, terminal);
    }

    /// <summary>True when it is stored, or latched by every member.</summary>
    internal static bool Report(JsonElement answer, KillArguments kill, Terminal terminal)
    {
        var propagation = answer.GetProperty("propagation");
        var durable = answer.GetProperty("durable").GetBoolean();
        var (acknowledged, nodes) = (propagation.GetProperty("acknowledged").GetInt32(), propagation.GetProperty("nodes").GetInt32());
        terminal.Out.WriteLine(kill.Json
            ? answer.GetRawText()
            : $"{answer.GetProperty("tripId")}  {answer.GetProperty("level")} {answer.GetProperty("scope")}  latched on {answer.GetProperty("node")}, {acknowledged} of {nodes} nodes, {(durable ? "stored" : "not stored yet")}");
        var missing = propagation.GetProperty("missing");
        foreach (var node in missing.EnumerateArray())
        {
            terminal.Error.WriteLine($"not confirmed by {node}");
        }

        if (answer.TryGetProperty("procedureId", out var procedure))
        {
            terminal.Error.WriteLine($"orders are being cancelled: actorops emergency status {procedure}");
        }

        if (answer.TryGetProperty("flattenChangeId", out var change))
        {
            terminal.Error.WriteLine($"positions are closed once another person approves: actorops change approve {change} --code NNNNNN");
        }

        var isConfirmed = missing.GetArrayLength() == 0 || durable;
        if (!isConfirmed && acknowledged == 1)
        {
            terminal.Error.WriteLine($"LOCAL ONLY: only {answer.GetProperty("node")} knows of it; if its disk is lost before it is heard elsewhere, so is the trip");
        }

        return isConfirmed;
    }

    private static int Refused(int status, JsonElement problem, Terminal terminal)
    {
        terminal.Error.WriteLine($"{Text(problem, "code")}: {Text(problem, "detail")}");
        return ExitCodes.Of(status);
    }

    private static string Text(JsonElement problem, string name) => problem.TryGetProperty(name, out var value) ? value.ToString() : "unknown";

    private static void WritePrivate(string path, string text)
    {
        File.Delete(path);
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The node reads this file as soon as it lives, before it opens anything.</summary>
    private static int ByFile(KillArguments kill, Endpoint endpoint, List<string> failures, Terminal terminal)
    {
        failures.ForEach(terminal.Error.WriteLine);
        if (endpoint.DataDirectory is null)
        {
            terminal.Error.WriteLine("no data directory of a node is here either: nothing was tripped");
            return ExitCodes.Unreachable;
        }

        var path = Path.Combine(endpoint.DataDirectory, "KILL_SWITCH");
        try
        {
            var reason = kill.Reason is null ? "offline kill" : kill.Reason;
            WritePrivate(path + ".cli", $"{{\"scope\":\"{JsonEncodedText.Encode(kill.Scope)}\",\"level\":\"{JsonEncodedText.Encode(kill.Level)}\",\"reason\":\"{JsonEncodedText.Encode(reason)}\"}}\n");
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
