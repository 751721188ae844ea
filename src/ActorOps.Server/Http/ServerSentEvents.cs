using System.Text;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Quotas;

namespace ActorOps.Server.Http;

internal static class ServerSentEvents
{
    public static void Begin(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Ends when the caller goes, the node stops (a stream must not hold the end up), or the caller's credential no longer counts.</summary>
    public static StreamLifetime Lifetime(HttpContext context) => new(
        context, context.RequestServices.GetRequiredService<NodeServices>().System.TimeProvider, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

    /// <summary>One event, on the wire when this returns. A reader that takes none of it within <c>actorops.quotas.write-timeout</c> is cut off.</summary>
    /// <exception cref="OperationCanceledException">The reader has gone or was cut off.</exception>
    public static async Task WriteAsync(HttpContext context, string? id, string name, string json)
    {
        var text = $"{(id is null ? string.Empty : $"id: {id}\n")}event: {name}\ndata: {json}\n\n";
        var services = context.RequestServices.GetRequiredService<NodeServices>();
        if (!await TryWriteAsync(context, Encoding.UTF8.GetBytes(text), services.Configuration.Options.Quotas.WriteTimeout, services.System.TimeProvider).ConfigureAwait(false))
        {
            QuotaLog.SlowReader(services.Log, context.Request.Path, context.Connection.RemoteIpAddress?.ToString() ?? "unknown");
            throw new OperationCanceledException("the reader is too slow");
        }
    }

    /// <summary>False when the reader has not taken it in time; its connection is then closed.</summary>
    internal static async Task<bool> TryWriteAsync(HttpContext context, byte[] text, TimeSpan limit, TimeProvider time)
    {
        var writing = context.Response.BodyWriter.WriteAsync(text, context.RequestAborted);
        if (writing.IsCompletedSuccessfully)
        {
            return true;
        }

        try
        {
            await writing.AsTask().WaitAsync(limit, time, context.RequestAborted).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            context.Abort();
            return false;
        }
    }
}
