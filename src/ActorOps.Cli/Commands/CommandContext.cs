using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ActorOps.Cli.Connecting;
using ActorOps.Cli.Output;
using ActorOps.Client;

namespace ActorOps.Cli.Commands;

/// <summary>One run of a command: the client, the form of the output, the questions.</summary>
internal sealed class CommandContext(ParseResult parsed, Terminal terminal, ActorOpsClient client)
{
    public ActorOpsClient Client => client;

    public Terminal Terminal => terminal;

    public ParseResult Parsed => parsed;

    public OutputForm Form => parsed.GetValue(Globals.Output);

    public string IdempotencyKey => parsed.GetValue(Globals.IdempotencyKey) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public string? Reason => parsed.GetValue(Globals.Reason);

    /// <summary>Gives a command its action: connection, and one exit code for each way it can end.</summary>
    public static Command Act(Command command, Terminal terminal, Func<CommandContext, Task<int>> action, TimeSpan? timeout = null)
    {
        command.SetAction(async (parsed, _) =>
        {
            var endpoint = Endpoint.Find(parsed.GetValue(Globals.Server), parsed.GetValue(Globals.TokenFile), out var problem);
            if (endpoint is null || problem.Length > 0)
            {
                await terminal.Error.WriteLineAsync(problem).ConfigureAwait(false);
                return ExitCodes.Unreachable;
            }

            if (await Encounter.ProblemAsync(endpoint).ConfigureAwait(false) is { } stranger)
            {
                await terminal.Error.WriteLineAsync(stranger).ConfigureAwait(false);
                return ExitCodes.Unreachable;
            }

            using var client = new ActorOpsClient(endpoint.Servers, endpoint.Token, timeout);
            try
            {
                return await action(new CommandContext(parsed, terminal, client)).ConfigureAwait(false);
            }
            catch (ActorOpsException refused)
            {
                await terminal.Error.WriteLineAsync(TableText.Clean(refused.Message)).ConfigureAwait(false);
                return ExitCodes.Of(refused);
            }
            catch (HttpRequestException lost)
            {
                await terminal.Error.WriteLineAsync($"no answer from {string.Join(", ", endpoint.Servers)}: {lost.Message}. Start the node; to trip meanwhile: actorops kill --now").ConfigureAwait(false);
                return ExitCodes.Unreachable;
            }
            catch (Exception file) when (file is IOException or UnauthorizedAccessException)
            {
                await terminal.Error.WriteLineAsync(file.Message).ConfigureAwait(false);
                return ExitCodes.Failed;
            }
            catch (TaskCanceledException)
            {
                await terminal.Error.WriteLineAsync($"no answer from {string.Join(", ", endpoint.Servers)} in time: the state is unknown, and so is the outcome of a change; look before repeating. Desks without permits stop adding risk by themselves (3 s). To trip: actorops kill --now").ConfigureAwait(false);
                return ExitCodes.Unknown;
            }
        });
        return command;
    }

    /// <summary>A remark for the person, not for the pipe; in the colour of an outcome where one is given and the terminal has colours.</summary>
    public void Note(string text, string? outcome = null)
    {
        if (!parsed.GetValue(Globals.Quiet))
        {
            var clean = TableText.Clean(text);
            terminal.Error.WriteLine(outcome is null ? clean : OutcomeColours.Paint(clean, outcome, OutcomeColours.IsWanted(parsed.GetValue(Globals.NoColor))));
        }
    }

    /// <summary>Shows a list.</summary>
    public int Show<T>(T view, JsonTypeInfo<T> type, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string?>> rows)
    {
        switch (Form)
        {
            case OutputForm.Json:
                terminal.Out.WriteLine(JsonSerializer.Serialize(view, type));
                break;
            case OutputForm.Jsonl:
                using (var json = JsonSerializer.SerializeToDocument(view, type))
                {
                    foreach (var item in json.RootElement.TryGetProperty("items", out var items) ? items.EnumerateArray().ToArray() : [json.RootElement])
                    {
                        terminal.Out.WriteLine(item.GetRawText());
                    }
                }

                break;
            case OutputForm.Name:
                foreach (var row in rows)
                {
                    terminal.Out.WriteLine(row[0]);
                }

                break;
            default:
                terminal.Out.Write(TableText.Format(heads, rows));
                break;
        }

        return ExitCodes.Done;
    }

    /// <summary>
    /// Levels 2 and 3: the name must be typed or given, and a reason. Null when it may continue; else the exit code. Without a terminal the line
    /// to use is printed.
    /// </summary>
    public int? Confirm(string name, string effects, bool reasonRequired = true)
    {
        if (reasonRequired && string.IsNullOrWhiteSpace(Reason))
        {
            terminal.Error.WriteLine("This change needs --reason TEXT");
            return ExitCodes.Usage;
        }

        if (parsed.GetValue(Globals.Confirm) is { } given)
        {
            return given == name ? null : Decline($"--confirm {given} does not match: expected {name}");
        }

        terminal.Error.WriteLine(effects);
        if (!terminal.IsInteractive)
        {
            terminal.Error.WriteLine($"No terminal to confirm on; add: --confirm {name}");
            return ExitCodes.Usage;
        }

        return terminal.Ask($"Type {name} to continue: ") == name ? null : Decline("Nothing was changed");
    }

    private int Decline(string why)
    {
        terminal.Error.WriteLine(why);
        return ExitCodes.Declined;
    }
}
