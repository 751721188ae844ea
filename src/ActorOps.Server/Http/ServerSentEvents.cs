using System.Text;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http;

internal static class ServerSentEvents
{
    public static void Begin(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Ends when the caller goes, the node stops (a stream must not hold the end up), or the caller's credential counts no more.</summary>
    public static StreamLifetime Lifetime(HttpContext context) => new(
        context, context.RequestServices.GetRequiredService<NodeServices>().System.TimeProvider, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

    /// <summary>One event, on the wire when this returns.</summary>
    public static async Task WriteAsync(HttpContext context, string? id, string name, string json)
    {
        var text = $"{(id is null ? string.Empty : $"id: {id}\n")}event: {name}\ndata: {json}\n\n";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
