using System.Net.Security;
using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Links;

/// <summary>
/// A link over HTTP/2. Signals, which can fill a slow wire, have a connection of their own: on a shared one a trip would wait behind all that the sockets
/// hold of them, and an unanswered ping would end both.
/// </summary>
public sealed class HttpLinkChannel : ILinkChannel
{
    private const string Signals = "signals";
    private readonly HttpLinkConnection _main;
    private readonly HttpLinkConnection _signals;

    /// <summary>A channel to a node at an address, <c>http</c> on loopback only, else <c>https</c>.</summary>
    public HttpLinkChannel(Uri address, string to, NodeKey self, LinkHandshake handshake, TimeProvider time, SslClientAuthenticationOptions? tls = null)
    {
        _main = new HttpLinkConnection(address, to, self, handshake, time, tls);
        _signals = new HttpLinkConnection(address, to, self, handshake, time, tls);
    }

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>> CallAsync(string path, ReadOnlyMemory<byte> body, TimeSpan within, CancellationToken cancellation) =>
        (path.StartsWith(Signals, StringComparison.Ordinal) ? _signals : _main).CallAsync(path, body, within, cancellation);

    /// <summary>Sends a request of any form; the answer's status is the caller's business, but for one that says that the link itself is not known.</summary>
    /// <exception cref="LinkException">There was no answer.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, TimeSpan within, CancellationToken cancellation) => _main.SendAsync(request, within, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _main.Dispose();
        _signals.Dispose();
    }
}
