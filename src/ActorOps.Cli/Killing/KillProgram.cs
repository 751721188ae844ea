using System.Net.Sockets;
using System.Text.Json;
using ActorOps.Cli.Connecting;
using ActorOps.Cli.Output;
using ActorOps.Client.Wording;

namespace ActorOps.Cli.Killing;

/// <summary>
/// Trips. One question on a terminal, none with <c>--now</c> or without one. All nodes that are known are told at once: the first answer counts and is shown, the
/// others continue. By file when no node answers.
/// </summary>
internal static class KillProgram
{
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal)
    {
        if (KillArguments.Parse(arguments, out var problem) is not { } kill)
        {
            await terminal.Error.WriteLineAsync(KillArguments.Usage).ConfigureAwait(false);
            return Nothing(problem, "Type: actorops kill --help", ExitCodes.Usage, terminal);
        }

        return await RunAsync(kill, terminal).ConfigureAwait(false);
    }

    public static async Task<int> RunAsync(KillArguments kill, Terminal terminal)
    {
        if (Ask(ref kill, terminal) is { } code)
        {
            return code;
        }

        var endpoint = Endpoint.Find(kill.Server, kill.TokenFile, out var problem);
        if (endpoint?.TokenProblem is { } token)
        {
            return Nothing(token, OtherWays.Of(endpoint), ExitCodes.Denied, terminal);
        }

        return endpoint is null || (problem.Length > 0 && endpoint.DataDirectory is null)
            ? Nothing(problem, OtherWays.Of(endpoint), ExitCodes.Unreachable, terminal)
            : await TellAsync(kill, endpoint, terminal).ConfigureAwait(false);
    }

    private static int? Ask(ref KillArguments kill, Terminal terminal)
    {
        if (!kill.Now && terminal.IsInteractive && terminal.Ask($"Trip {kill.Level} for {kill.Scope}? [y/N] ") is not ("y" or "Y" or "yes"))
        {
            return Nothing("the answer was not yes", $"Type: actorops kill --scope {kill.Scope} --now", ExitCodes.Declined, terminal);
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
                return await EndAsync(answer.RootElement, confirmed, kill, endpoint, terminal).ConfigureAwait(false);
            }
            catch (Exception lost) when (lost is SocketException or HttpRequestException or OperationCanceledException or IOException or JsonException)
            {
                failures.Add($"no answer from {(first == socket ? "the kill socket" : endpoint.Servers[calls.IndexOf(first)])}: {lost.Message}");
            }
        }

        if (refusal is { } refused && !IsBusy(refused))
        {
            failures.ForEach(terminal.Error.WriteLine);
            return Refused(refused, endpoint, terminal);
        }

        if (refusal is { } busy)
        {
            failures.Add($"busy: {Said(busy)}");
        }

        return KillFile.Write(kill, endpoint, failures, terminal);
    }

    /// <summary>A node that has no room for the request now has refused nobody: the file is left. A refusal of the trip itself stays one.</summary>
    private static bool IsBusy(TripReply reply)
    {
        using var problem = Read(reply.Body);
        return reply.Status is 429 or 503 && KillWords.Text(problem.RootElement, "code") != "too-many-trips";
    }

    private static string Said(TripReply reply)
    {
        using var problem = Read(reply.Body);
        return $"{KillWords.Text(problem.RootElement, "code")}: {KillWords.Text(problem.RootElement, "detail")}";
    }

    /// <summary>The last line, and before it the nodes that have not confirmed, for as long as it takes.</summary>
    private static async Task<int> EndAsync(JsonElement answer, bool isConfirmed, KillArguments kill, Endpoint endpoint, Terminal terminal)
    {
        if (!isConfirmed && !kill.Once)
        {
            // A person who interrupts this has read it.
            await terminal.Error.WriteLineAsync(KillWords.Of(answer, isConfirmed: false)).ConfigureAwait(false);
            isConfirmed = await KillPush.RunAsync(kill, endpoint, terminal).ConfigureAwait(false) == ExitCodes.Done;
        }

        await terminal.Error.WriteLineAsync(KillWords.Of(answer, isConfirmed)).ConfigureAwait(false);
        return isConfirmed && KillWords.UnknownScope(answer) is null ? ExitCodes.Done : ExitCodes.Partial;
    }

    /// <summary>True when it is stored, or latched by every member.</summary>
    internal static bool Report(JsonElement answer, KillArguments kill, Terminal terminal)
    {
        var propagation = answer.GetProperty("propagation");
        var durable = answer.GetProperty("durable").GetBoolean();
        var (acknowledged, nodes) = (propagation.GetProperty("acknowledged").GetInt32(), propagation.GetProperty("nodes").GetInt32());
        terminal.Out.WriteLine(kill.Json ? PlainText.CleanJson(answer.GetRawText())
            : kill.Form == OutputForm.Name ? KillWords.Text(answer, "tripId")
            : $"{KillWords.Text(answer, "tripId")}  {KillWords.Text(answer, "level")} {KillWords.Text(answer, "scope")}  latched on {KillWords.Text(answer, "node")}, {acknowledged} of {nodes} nodes, {(durable ? "stored" : "not stored yet")}");
        var missing = propagation.GetProperty("missing");
        foreach (var node in missing.EnumerateArray())
        {
            terminal.Error.WriteLine($"not confirmed by {KillWords.Clean(node.ToString())}");
        }

        if (answer.TryGetProperty("ignored", out var ignored) && ignored.ValueKind == JsonValueKind.Array)
        {
            foreach (var field in ignored.EnumerateArray())
            {
                terminal.Error.WriteLine($"left out: {KillWords.Clean(field.ToString())}");
            }
        }

        if (answer.TryGetProperty("procedureId", out var procedure))
        {
            terminal.Error.WriteLine($"orders are being cancelled: actorops emergency status {KillWords.Clean(procedure.ToString())}");
        }

        if (answer.TryGetProperty("flattenChangeId", out var change))
        {
            terminal.Error.WriteLine($"positions are closed once another person approves: actorops change approve {KillWords.Clean(change.ToString())} --code NNNNNN");
        }

        var isConfirmed = missing.GetArrayLength() == 0 || durable;
        if (!isConfirmed && acknowledged == 1)
        {
            terminal.Error.WriteLine($"LOCAL ONLY: only {KillWords.Text(answer, "node")} knows of it; if its disk is lost before it is heard elsewhere, so is the trip");
        }

        return isConfirmed;
    }

    /// <summary>Which token was not good, or what else was in the way.</summary>
    private static int Refused(TripReply refused, Endpoint endpoint, Terminal terminal)
    {
        var said = Said(refused);
        if (refused.Status == 507)
        {
            terminal.Error.WriteLine($"TRIPPED in memory only: {said}. Next: actorops kill status, and trip on another node too");
            return ExitCodes.Partial;
        }

        var code = ExitCodes.Of(refused.Status);
        return refused.Status switch
        {
            400 or 404 or 422 => Nothing(said, "Correct it and repeat the command; actorops kill --help shows the forms", code, terminal),
            401 when endpoint.Token is null => Nothing("no token was found: give --token-file FILE, set ACTOROPS_TOKEN_FILE, or run where the node's ./data is", OtherWays.Of(endpoint), code, terminal),
            401 => Nothing($"the token in {endpoint.TokenFile} is unknown to the node, expired or revoked ({said})", OtherWays.Of(endpoint), code, terminal),
            _ => Nothing(said, OtherWays.Of(endpoint), code, terminal),
        };
    }

    private static JsonDocument Read(string body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return JsonDocument.Parse("{}");
        }
    }

    private static int Nothing(string why, string next, int code, Terminal terminal)
    {
        terminal.Error.WriteLine(KillWords.Nothing(why, next));
        return code;
    }
}
