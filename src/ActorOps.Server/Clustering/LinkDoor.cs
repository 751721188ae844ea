using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using ActorOps.Client.Wire;
using ActorOps.Cluster.Links;
using ActorOps.Cluster.Membership;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Peers;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace ActorOps.Server.Clustering;

/// <summary>
/// What peers meet at the link port: a nonce, a hello, then calls under the session of their own connection. Nothing else is served on that port, and
/// nothing of this on any other. Forwarded requests reach the API as the person's own, with the person's credential and not the peer's.
/// </summary>
internal sealed class LinkDoor(NodeServices services, KillSwitchServices killSwitch, int port, ConnectionPool connections)
{
    private const string Prefix = "/link/v1/";
    private const long LargestBody = 8 * 1024 * 1024;
    private static readonly TimeSpan LatchWithin = TimeSpan.FromSeconds(2);
    private const string ForwardedKey = "actorops-forwarded-by";

    /// <summary>The peer that has forwarded this request; null: it came here directly.</summary>
    public static NodeKey? ForwardedBy(HttpContext context) => context.Items[ForwardedKey] as NodeKey;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        if (context.Connection.LocalPort != port)
        {
            // A body that no door claims is refused by routing, like anything that is not there.
            await next(context).ConfigureAwait(false);
            return;
        }

        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            await RefuseAsync(context, 404, "not-found", "this port is for the cluster's nodes").ConfigureAwait(false);
            return;
        }

        Know(context);
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LargestBody;
        var call = path[Prefix.Length..];
        if (call is "nonce" or "hello")
        {
            await GreetAsync(context, call).ConfigureAwait(false);
        }
        else if (services.Cluster.Sessions.Find(context.Connection.Id, context.Request.Headers["ActorOps-Link"].ToString()) is not { } peer)
        {
            await RefuseAsync(context, 407, "forbidden", "say hello first: no session of this connection").ConfigureAwait(false);
        }
        else if (call.StartsWith("forward/", StringComparison.Ordinal))
        {
            context.Items[ForwardedKey] = peer;
            context.Request.Path = "/" + call["forward/".Length..];
            await next(context).ConfigureAwait(false);
        }
        else
        {
            await AnswerAsync(context, call, peer).ConfigureAwait(false);
        }
    }

    /// <summary>A peer's connection is not closed for a stranger's.</summary>
    private void Know(HttpContext context)
    {
        if (ConnectionDoor.SlotOf(context) is { Principal: null } slot && services.Cluster.Sessions.Find(context.Connection.Id, context.Request.Headers["ActorOps-Link"].ToString()) is { } peer)
        {
            connections.TryKnow(slot, $"node {peer.Node}", isBounded: false);
        }
    }

    private async Task GreetAsync(HttpContext context, string call)
    {
        var connection = context.Connection.Id;
        if (call == "nonce")
        {
            context.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed.Register(() => services.Cluster.Sessions.End(connection));
            var nonce = services.Cluster.Sessions.Nonce(connection);
            await (nonce is null ? RefuseAsync(context, 503, "full", "too many strangers") : context.Response.WriteAsync(nonce)).ConfigureAwait(false);
            return;
        }

        try
        {
            var hello = await JsonSerializer.DeserializeAsync(context.Request.Body, LinkJson.Default.LinkHello, context.RequestAborted).ConfigureAwait(false);
            var (welcome, refusal) = hello is null ? (null, "an empty hello") : services.Cluster.Sessions.Begin(connection, hello);
            if (welcome is null)
            {
                ServerLog.LinkRefused(services.Log, context.Connection.RemoteIpAddress?.ToString() ?? "unknown", hello?.Node ?? "unknown", refusal!);
                await RefuseAsync(context, 403, "forbidden", refusal!).ConfigureAwait(false);
                return;
            }

            await WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(welcome, LinkJson.Default.LinkWelcome)).ConfigureAwait(false);
        }
        catch (JsonException error)
        {
            await RefuseAsync(context, 400, "unreadable", error.Message).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context, string call, NodeKey peer)
    {
        try
        {
            switch (call)
            {
                case "tell":
                    var refused = services.Cluster.Receiver.Tell(await ReadAsync(context, LinkJson.Default.LinkFrameArray).ConfigureAwait(false));
                    await WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(refused, LinkJson.Default.LinkRefusalArray)).ConfigureAwait(false);
                    break;
                case "ask":
                    var reply = await services.Cluster.Receiver.AskAsync(await ReadAsync(context, LinkJson.Default.LinkFrame).ConfigureAwait(false), context.RequestAborted).ConfigureAwait(false);
                    await WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(reply, LinkJson.Default.LinkFrame)).ConfigureAwait(false);
                    break;
                case "trips":
                    var latching = killSwitch.AcceptAsync(await ReadAsync(context, PeerJson.Default.Trip).ConfigureAwait(false));
                    var latched = await Task.WhenAny(latching, Task.Delay(LatchWithin, services.System.TimeProvider, context.RequestAborted)).ConfigureAwait(false) == latching && await latching.ConfigureAwait(false);
                    await (latched ? WriteAsync(context, []) : RefuseAsync(context, 507, "not-latched", "the trip is in force, but this node could not write it down")).ConfigureAwait(false);
                    break;
                case "trip-exchange":
                    var exchange = services.Cluster.Spreading.Answer(await ReadAsync(context, PeerJson.Default.TripExchange).ConfigureAwait(false));
                    await WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(exchange, PeerJson.Default.TripExchange)).ConfigureAwait(false);
                    break;
                case "report":
                    Accept(await ReadAsync(context, PeerJson.Default.SupervisionReport).ConfigureAwait(false), peer);
                    await WriteAsync(context, []).ConfigureAwait(false);
                    break;
                case "desks":
                    await WriteAsync(context, Encoding.UTF8.GetBytes(string.Join('\n', services.Supervisors.DesksHere()))).ConfigureAwait(false);
                    break;
                case "supervisors":
                    var here = new ItemsView<SupervisorView>(services.Supervisors.Here());
                    await WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(here, WireJson.Default.ItemsViewSupervisorView)).ConfigureAwait(false);
                    break;
                case "signals":
                    await SignalsAsync(context).ConfigureAwait(false);
                    break;
                default:
                    await RefuseAsync(context, 404, "unknown-kind", $"'{call}' is not a call that this version knows").ConfigureAwait(false);
                    break;
            }
        }
        catch (LinkException failure)
        {
            await RefuseAsync(context, failure.Code == "no-answer" ? 504 : 409, failure.Code, failure.Message).ConfigureAwait(false);
        }
    }

    /// <summary>A node that was declared down may not know it yet: what it says about grants is worthless.</summary>
    private void Accept(SupervisionReport report, NodeKey peer)
    {
        if (new NodeKey(report.Node, report.Incarnation) == peer && services.Cluster.Node.View.Find(peer) is { } member && member.State.IsAlive())
        {
            services.Ops.Reports.Accept(report);
        }
    }

    private async Task SignalsAsync(HttpContext context)
    {
        var sender = SignalEnvelope.ReadSender(context.Request.Query);
        using var body = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? 4096, LargestBody));
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        var refused = new List<string>();
        foreach (var (shard, lines) in SignalEnvelope.Read(body.GetBuffer().AsMemory(0, (int)body.Length)))
        {
            // Once it is being read it is read to the end: half a parcel could be neither counted nor repeated.
            if (!await services.Ops.AcceptAsync(new SignalParcel(shard, sender, lines), CancellationToken.None).ConfigureAwait(false))
            {
                refused.Add(shard);
            }
        }

        await WriteAsync(context, SignalEnvelope.WriteRefused(refused)).ConfigureAwait(false);
    }

    private static async Task<T> ReadAsync<T>(HttpContext context, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted).ConfigureAwait(false) ?? throw new LinkException("unreadable", "an empty body");
        }
        catch (JsonException error)
        {
            throw new LinkException("unreadable", error.Message);
        }
    }

    private static async Task WriteAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string why)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(new LinkRefusal(0, code, why), LinkJson.Default.LinkRefusal));
    }

    /// <summary>Mutual TLS of the port, where it is not on loopback only.</summary>
    public static void Secure(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listener, Configuration.LinkSettings link)
    {
        listener.Protocols = Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http2;
        if (link.CertificateFile.Length == 0)
        {
            return;
        }

        var authority = LinkCertificates.Authority(link);
        listener.UseHttps(https =>
        {
            https.ServerCertificate = LinkCertificates.Own(link);
            https.ClientCertificateMode = Microsoft.AspNetCore.Server.Kestrel.Https.ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => certificate is not null && LinkCertificates.IsTrusted(new X509Certificate2(certificate), authority);
        });
    }
}
