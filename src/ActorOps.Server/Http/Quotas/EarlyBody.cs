namespace ActorOps.Server.Http.Quotas;

/// <summary>
/// Reads a small body in full before its request takes a place that others wait for: a sender that trickles holds up nobody but itself. Only for bodies that have the first
/// turn: trips, and those of strangers.
/// </summary>
internal static class EarlyBody
{
    /// <summary>Longest time that a small body may take.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    /// <summary>True when the request may go on: its body is read, has no bytes, or is a larger one of a trip, which waits for its turn. False: it was answered.</summary>
    /// <param name="context">The request.</param>
    /// <param name="most">Bytes that are small.</param>
    /// <param name="time">Measures the deadline.</param>
    public static async Task<bool> ReadAsync(HttpContext context, long most, TimeProvider time)
    {
        var request = context.Request;
        if (request.ContentLength is 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count == 0))
        {
            return true;
        }

        if (request.ContentLength is not { } length || length > most)
        {
            if (most == RequestQuotas.SmallTripBody)
            {
                return true;
            }

            await CloseAsync(context, 413, "body-too-large", $"a body without a token is at most {most} bytes, and its length is announced").ConfigureAwait(false);
            return false;
        }

        using var limit = new CancellationTokenSource(Within, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        var body = new MemoryStream((int)length);
        try
        {
            await request.Body.CopyToAsync(body, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            await CloseAsync(context, 408, "body-too-slow", $"the body was not here within {Within.TotalSeconds:0} s; nothing was done").ConfigureAwait(false);
            return false;
        }

        body.Position = 0;
        request.Body = body;
        return true;
    }

    private static Task CloseAsync(HttpContext context, int status, string code, string why)
    {
        context.Response.Headers.Connection = "close";
        return Problems.WriteAsync(context, status, code, why, retryable: status == 408);
    }
}
