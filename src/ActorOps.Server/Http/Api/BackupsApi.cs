using ActorOps.Client.Wire;
using ActorOps.Ops.Access;
using ActorOps.Server.Hosting;
using ActorOps.Storage.Backups;
using ActorOps.Storage.DataDirectories;

namespace ActorOps.Server.Http.Api;

/// <summary>Backups of the node's store, made while it runs and kept in its data directory until somebody takes them elsewhere.</summary>
internal static class BackupsApi
{
    private const string Suffix = ".backup";

    public static void Map(WebApplication app, NodeServices services, IdempotencyKeys keys)
    {
        var directory = Path.Combine(services.Directory.Path, "backups");
        app.MapGet("/api/v1/backups", (HttpContext context) => Bodies.Refuse(context, MayBackUp, Needs) ?? Results.Json(new ItemsView<BackupFileView>([.. Files(directory)]), WireJson.Default.ItemsViewBackupFileView));
        app.MapPost("/api/v1/backups", async (HttpContext context) =>
        {
            if (Bodies.Refuse(context, MayBackUp, Needs) is { } refused)
            {
                return refused;
            }

            return await keys.RunAsync(context, Security.Identities.Of(context)!, string.Empty, () => CreateAsync(services, directory)).ConfigureAwait(false);
        });
        app.MapGet("/api/v1/backups/{name}", (HttpContext context, string name) => Bodies.Refuse(context, MayBackUp, Needs) ?? (Files(directory).Any(file => file.Name == name)
            ? Results.File(Path.Combine(directory, name), "application/gzip", name)
            : Problems.Result(404, "not-found", "there is no backup of this name; GET /api/v1/backups lists them")));
    }

    private const string Needs = "admin or engineering";

    /// <summary>A backup holds everything, the hashes of tokens included.</summary>
    private static bool MayBackUp(Principal principal) => principal.Roles.Contains(Role.Admin) || principal.Roles.Contains(Role.Engineering);

    private static IEnumerable<BackupFileView> Files(string directory) => Directory.Exists(directory)
        ? new DirectoryInfo(directory).GetFiles("*" + Suffix).OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => new BackupFileView(file.Name, file.Length))
        : [];

    private static async Task<(IResult Result, bool Keep)> CreateAsync(NodeServices services, string directory)
    {
        Directory.CreateDirectory(directory, PrivateFiles.Directory);
        var name = $"{services.Now:yyyyMMdd'T'HHmmss'Z'}-{Guid.CreateVersion7().ToString("N")[^8..]}{Suffix}";
        try
        {
            var summary = await services.Store.BackUpAsync(Path.Combine(directory, name)).ConfigureAwait(false);
            ServerLog.BackedUp(services.Log, name, summary.Events);
            return (Results.Json(View(name, Path.Combine(directory, name), summary), WireJson.Default.BackupView, statusCode: 201), true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (Problems.Result(507, "backup-failed", $"the backup could not be written, and nothing of it was kept: {failure.Message}", retryable: true), false);
        }
    }

    private static BackupView View(string name, string path, BackupSummary summary) =>
        new(name, new FileInfo(path).Length, summary.StoreId, summary.Generation, summary.Engine, summary.At, summary.Events, summary.Snapshots, summary.Messages);
}
