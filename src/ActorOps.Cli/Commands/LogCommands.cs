using System.CommandLine;
using System.Text.Json;
using ActorOps.Cli.Connecting;
using ActorOps.Cli.Output;
using ActorOps.Client.Wire;
using ActorOps.Client.Wording;

namespace ActorOps.Cli.Commands;

internal static class LogCommands
{
    public static Command Build(Terminal terminal)
    {
        var log = new Command("log", "The journal.");
        var from = new Option<string?>("--from") { Description = "Cursor to start after, or 'start'; default: now." };
        var noFollow = new Option<bool>("--no-follow") { Description = "Stop at the last event." };
        log.Subcommands.Add(CommandContext.Act(new Command("tail", "Follows the journal; Ctrl-C stops.") { from, noFollow }, terminal, async context =>
        {
            var after = context.Parsed.GetValue(from);
            var follow = !context.Parsed.GetValue(noFollow);
            var path = $"api/v1/events?follow={(follow ? "true" : "false")}{(after is null ? string.Empty : $"&after={Uri.EscapeDataString(after)}")}";
            await foreach (var (_, data) in context.Client.StreamAsync(path).ConfigureAwait(false))
            {
                if (context.Form is OutputForm.Json or OutputForm.Jsonl)
                {
                    await terminal.Out.WriteLineAsync(PlainText.CleanJson(data)).ConfigureAwait(false);
                    continue;
                }

                var e = JsonSerializer.Deserialize(data, WireJson.Default.EventView)!;
                await terminal.Out.WriteLineAsync($"{e.At:u}  {TableText.Clean(e.Cursor),8}  {TableText.Clean(e.Kind)}  {PlainText.CleanJson(e.Payload.GetRawText())}").ConfigureAwait(false);
            }

            return ExitCodes.Done;
        }));
        return log;
    }
}
