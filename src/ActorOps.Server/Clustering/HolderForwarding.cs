using System.Globalization;
using ActorOps.Cluster.Links;
using ActorOps.Ops.Desks;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http;

namespace ActorOps.Server.Clustering;

/// <summary>
/// Any node answers any command: one that is for a singleton elsewhere is sent on as it came, with the caller's own credential, which the other node checks
/// itself. While a singleton moves, the request waits for where it comes up.
/// </summary>
internal sealed class HolderForwarding(NodeServices services)
{
    private const int LargestBody = 256 * 1024;
    /// <summary>Less than callers usually wait: they should hear that nothing was done.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);
    private static readonly string[] Passed = ["Authorization", "Idempotency-Key", "If-Match", "Content-Type", "Accept", "traceparent"];

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<HeldBy>() is not { } held)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        if (GrantOf(context, held) is not { } grant)
        {
            // Unknown target: the endpoint has the better message.
            await next(context).ConfigureAwait(false);
            return;
        }

        var time = services.System.TimeProvider;
        var since = time.GetTimestamp();
        byte[]? body = null;
        while (!IsHere(held, grant))
        {
            if (LinkDoor.ForwardedBy(context) is not null)
            {
                // The sender will have a newer view in a moment; passing it on could loop.
                await Problems.WriteAsync(context, 421, "not-here", $"{grant} is not on {services.Identity.Node}", retryable: true).ConfigureAwait(false);
                return;
            }

            body ??= await ReadAsync(context).ConfigureAwait(false);
            if (await TryForwardAsync(context, grant, body).ConfigureAwait(false))
            {
                return;
            }

            if (time.GetElapsedTime(since) > Patience)
            {
                await Problems.WriteAsync(context, 503, "no-holder", $"no node has {grant} now, nothing was done; see actorops cluster show", retryable: true).ConfigureAwait(false);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, context.RequestAborted).ConfigureAwait(false);
        }

        if (body is not null)
        {
            context.Request.Body = new MemoryStream(body);
        }

        await next(context).ConfigureAwait(false);
    }

    private string? GrantOf(HttpContext context, HeldBy held) => held.Singleton != HeldBy.Supervisor ? held.Singleton
        : TargetKindNames.TryParse(context.Request.RouteValues["kind"]?.ToString() ?? string.Empty, out var kind) ? services.Ops.ShardOf(new TargetId(kind, context.Request.RouteValues["id"]?.ToString() ?? string.Empty)) : null;

    private bool IsHere(HeldBy held, string grant) => held.Singleton == HeldBy.Supervisor ? services.Cluster.Peers.OwnerOf(grant) is { IsHere: true } : services.Ops.Singletons.Find(grant) is not null;

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return body.Length <= LargestBody ? body.ToArray() : throw new BadHttpRequestException("the body is too large", 413);
    }

    /// <summary>True when the caller has an answer. False: nothing was done, and it may be tried again.</summary>
    private async Task<bool> TryForwardAsync(HttpContext context, string grant, byte[] body)
    {
        if (services.Cluster.Peers.Grants.HolderOf(grant) is not { } holder || services.Cluster.Links.Find(holder.Node)?.Channel is not HttpLinkChannel channel)
        {
            return false;
        }

        try
        {
            using var request = Copy(context, body);
            using var answer = await channel.SendAsync(request, AnswerWithin, context.RequestAborted).ConfigureAwait(false);
            if ((int)answer.StatusCode is 421 or 407)
            {
                return false;
            }

            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            context.Response.Headers["Answered-By"] = holder.Node;
            foreach (var name in (string[])["ETag", "Retry-After"])
            {
                if (answer.Headers.TryGetValues(name, out var values))
                {
                    context.Response.Headers[name] = values.ToArray();
                }
            }

            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
            return true;
        }
        catch (LinkException failure) when (failure.IsUndone)
        {
            return false;
        }
        catch (LinkException failure)
        {
            await Problems.WriteAsync(context, 504, "outcome-unknown", $"{holder.Node} was asked and did not answer ({failure.Message}): the outcome is unknown, look before repeating").ConfigureAwait(false);
            return true;
        }
    }

    private static HttpRequestMessage Copy(HttpContext context, byte[] body)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"forward{context.Request.Path}{context.Request.QueryString}");
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), path) { Version = System.Net.HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (body.Length > 0 || !HttpMethods.IsGet(context.Request.Method))
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var name in Passed)
        {
            if (context.Request.Headers.TryGetValue(name, out var values) && !request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        // What is caused there is found under the id that the caller is given here.
        request.Headers.Remove("traceparent");
        if (Kernel.Diagnostics.Causality.Current is { Length: 32 } trace)
        {
            request.Headers.TryAddWithoutValidation("traceparent", $"00-{trace}-{trace[..16]}-01");
        }

        return request;
    }
}
