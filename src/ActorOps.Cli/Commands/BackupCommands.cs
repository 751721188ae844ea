using System.CommandLine;
using System.Diagnostics;
using ActorOps.Cli.Connecting;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Commands;

internal static class BackupCommands
{
    /// <summary>A large store takes minutes.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    public static Command Build(Terminal terminal)
    {
        var backup = new Command("backup", "Copies of the store: made while the node runs, checked and restored without one.");
        backup.Subcommands.Add(Create(terminal));
        backup.Subcommands.Add(CommandContext.Act(new Command("list", "Backups that the node keeps."), terminal, async context =>
        {
            var list = await context.Client.GetAsync("api/v1/backups", WireJson.Default.ItemsViewBackupFileView).ConfigureAwait(false);
            return context.Show(list, WireJson.Default.ItemsViewBackupFileView, ["NAME", "BYTES"], list.Items.Select(file => new[] { file.Name, $"{file.Bytes}" }));
        }));
        var file = new Argument<FileInfo>("file") { Description = "The backup." };
        var verify = new Command("verify", "Reads all of a backup: form, count, checksum, and the hash chain of every stream.") { file };
        verify.SetAction((parsed, cancellation) => NodeAsync(terminal, ["--verify-backup", parsed.GetValue(file)!.FullName], cancellation));
        backup.Subcommands.Add(verify);
        var config = new Option<FileInfo?>("--config") { Description = "Configuration of the node whose data directory is to be filled." };
        var data = new Option<DirectoryInfo?>("--data") { Description = "Data directory, instead of the configuration's. It must hold no store." };
        var restore = new Command("restore", "Fills the data directory of a node that does not run.") { file, config, data };
        restore.SetAction((parsed, cancellation) => NodeAsync(
            terminal,
            [
                "--restore-backup", parsed.GetValue(file)!.FullName,
                .. parsed.GetValue(config) is { } from ? (string[])["--config", from.FullName] : [],
                .. parsed.GetValue(data) is { } into ? (string[])["--set", $"actorops.data={into.FullName}"] : [],
            ],
            cancellation));
        backup.Subcommands.Add(restore);
        return backup;
    }

    private static Command Create(Terminal terminal)
    {
        var output = new Option<FileInfo?>("--output") { Description = "Also fetch it into this file, which must not exist yet." };
        return CommandContext.Act(
            new Command("create", "Makes a backup on the node.") { output },
            terminal,
            async context =>
            {
                var target = context.Parsed.GetValue(output);
                if (target is { Exists: true })
                {
                    await terminal.Error.WriteLineAsync($"{target.FullName} exists already and is never written over; name another file").ConfigureAwait(false);
                    return ExitCodes.Usage;
                }

                var made = await context.Client.PostAsync("api/v1/backups", new EmptyBody(), WireJson.Default.EmptyBody, WireJson.Default.BackupView, context.IdempotencyKey).ConfigureAwait(false);
                if (target is not null)
                {
                    await FetchAsync(context, made.Name, target).ConfigureAwait(false);
                }

                return context.Show(made, WireJson.Default.BackupView, ["NAME", "BYTES", "EVENTS", "AS OF"], [[made.Name, $"{made.Bytes}", $"{made.Events}", made.At.ToString("u")]]);
            },
            LongestWait);
    }

    /// <summary>Whole or not there: fetched beside, then renamed.</summary>
    private static async Task FetchAsync(CommandContext context, string name, FileInfo target)
    {
        var temporary = target.FullName + ".part";
        try
        {
            using (var response = await context.Client.Http.GetAsync($"api/v1/backups/{name}", HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false))
            {
                response.EnsureSuccessStatusCode();
                await using var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
                await response.Content.CopyToAsync(file).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, target.FullName, overwrite: false);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task<int> NodeAsync(Terminal terminal, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var node = Path.Combine(AppContext.BaseDirectory, "actorops-node");
        if (!File.Exists(node))
        {
            await terminal.Error.WriteLineAsync($"{node} is missing; run actorops-node {string.Join(' ', arguments)} where it is installed").ConfigureAwait(false);
            return ExitCodes.Failed;
        }

        using var process = Process.Start(node, arguments);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return process.ExitCode;
    }
}
