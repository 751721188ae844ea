using System.Text.Json;
using ActorOps.Client.Wire;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Quotas;
using ActorOps.Server.Http.Security;

namespace ActorOps.Server.Http.Api;

/// <summary>The journal as a stream: everything after <c>Last-Event-ID</c>, or what comes from now on. Readers are few, and slow ones are cut off.</summary>
internal static class EventsApi
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Records that one reader may have in memory at once.</summary>
    private const int Page = 50;

    public static void Map(WebApplication app, NodeServices services)
    {
        var quotas = services.Configuration.Options.Quotas;
        var readers = new OwnerBudget(quotas.EventReaders, quotas.EventReadersPerPrincipal);
        app.MapGet("/api/v1/events", (Func<HttpContext, string?, bool?, Task<IResult>>)(async (context, after, follow) =>
        {
            using var place = readers.TryTake(Identities.Of(context)?.Name ?? string.Empty, 1, out var isOwn);
            return place is not null ? await StreamAsync(context, services, after, follow ?? true).ConfigureAwait(false)
                : isOwn ? Problems.Result(429, "too-many-readers", $"this principal reads {quotas.EventReadersPerPrincipal} streams of events already (actorops.quotas.event-readers-per-principal); end one first", retryable: true)
                : Problems.Result(503, "too-many-readers", $"{quotas.EventReaders} streams of events are being read already (actorops.quotas.event-readers)", retryable: true);
        }));
    }

    private static async Task<IResult> StreamAsync(HttpContext context, NodeServices services, string? after, bool follow)
    {
        var last = context.Request.Headers["Last-Event-ID"].ToString();
        var cursor = last.Length > 0 ? last : after ?? await services.Store.Journal.ReadFeedEndAsync(context.RequestAborted).ConfigureAwait(false);
        cursor = cursor == "start" ? null : cursor;
        try
        {
            await services.Store.Journal.ReadFeedAsync(cursor, 1, context.RequestAborted).ConfigureAwait(false);
        }
        catch (FormatException bad)
        {
            return Problems.Result(400, "bad-cursor", bad.Message);
        }

        ServerSentEvents.Begin(context);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        using var lifetime = ServerSentEvents.Lifetime(context);
        try
        {
            await FollowAsync(context, services, cursor, follow, lifetime.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lifetime.IsCancellationRequested || context.RequestAborted.IsCancellationRequested)
        {
            // The reader has gone or was cut off, or the node ends.
        }

        return Results.Empty;
    }

    private static async Task FollowAsync(HttpContext context, NodeServices services, string? cursor, bool follow, CancellationToken cancellation)
    {
        while (true)
        {
            var records = await services.Store.Journal.ReadFeedAsync(cursor, Page, cancellation).ConfigureAwait(false);
            foreach (var record in records)
            {
                using var payload = JsonDocument.Parse(record.Payload);
                var view = new EventView(record.Cursor, record.Stream, record.SequenceNumber, record.Kind, record.At, payload.RootElement);
                await ServerSentEvents.WriteAsync(context, record.Cursor, record.Kind, JsonSerializer.Serialize(view, WireJson.Default.EventView)).ConfigureAwait(false);
                cursor = record.Cursor;
            }

            if (records.Count == 0)
            {
                if (!follow)
                {
                    return;
                }

                await Task.Delay(Poll, services.System.TimeProvider, cancellation).ConfigureAwait(false);
            }
        }
    }
}
