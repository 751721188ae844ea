using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text.Json;
using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Links;

/// <summary>One HTTP/2 connection to a peer. Whoever calls first on a new connection says hello; the others wait for that.</summary>
internal sealed class HttpLinkConnection : IDisposable
{
    private const string Header = "ActorOps-Link";
    private readonly HttpClient _http;
    private readonly LinkHandshake _handshake;
    private readonly NodeKey _self;
    private readonly string _to;
    private readonly SemaphoreSlim _greeting = new(1);
    private readonly TimeProvider _time;
    private volatile string? _session;
    private volatile bool _isClosed;

    public HttpLinkConnection(Uri address, string to, NodeKey self, LinkHandshake handshake, TimeProvider time, SslClientAuthenticationOptions? tls = null)
    {
        (_to, _self, _handshake, _time) = (to, self, handshake, time);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            EnableMultipleHttp2Connections = false,
            ConnectTimeout = TimeSpan.FromSeconds(1),
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            KeepAlivePingDelay = TimeSpan.FromSeconds(2),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(2),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
        };
        if (tls is not null)
        {
            handler.SslOptions = tls;
        }

        _http = new HttpClient(handler) { BaseAddress = new Uri(address, "/link/v1/"), Timeout = Timeout.InfiniteTimeSpan, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
    }

    /// <inheritdoc cref="ILinkChannel.CallAsync"/>
    public Task<ReadOnlyMemory<byte>> CallAsync(string path, ReadOnlyMemory<byte> body, TimeSpan within, CancellationToken cancellation) => GuardAsync<ReadOnlyMemory<byte>>(
        async (progress, end) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ReadOnlyMemoryContent(body), Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await SendAsync(request, progress, end).ConfigureAwait(false);
            var answer = await response.Content.ReadAsByteArrayAsync(end).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? answer : throw Refused(response.StatusCode, answer);
        },
        within,
        cancellation);

    /// <inheritdoc cref="HttpLinkChannel.SendAsync"/>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, TimeSpan within, CancellationToken cancellation) =>
        GuardAsync((progress, end) => SendAsync(request, progress, end), within, cancellation);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Progress progress, CancellationToken end)
    {
        if (_isClosed)
        {
            throw new LinkException("unreachable", $"the link to {_to} is closed");
        }

        for (var attempt = 0; ; attempt++)
        {
            var session = _session ?? await GreetAsync(null, end).ConfigureAwait(false);
            using var copy = attempt == 0 ? null : await CopyAsync(request).ConfigureAwait(false);
            var current = copy ?? request;
            current.Headers.Remove(Header);
            current.Headers.Add(Header, session);
            progress.IsSent = true;
            var response = await _http.SendAsync(current, HttpCompletionOption.ResponseHeadersRead, end).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.ProxyAuthenticationRequired || attempt > 0)
            {
                return response;
            }

            // The connection is another one than the hello was said on: nothing was done.
            response.Dispose();
            progress.IsSent = false;
            await GreetAsync(session, end).ConfigureAwait(false);
        }
    }

    /// <summary>One meaning for each way in which a call can end without an answer: the difference that counts is whether it may have been done.</summary>
    private async Task<T> GuardAsync<T>(Func<Progress, CancellationToken, Task<T>> call, TimeSpan within, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(within, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var progress = new Progress();
        try
        {
            return await call(progress, end.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException lost)
        {
            var isUndone = !progress.IsSent || lost.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            throw new LinkException(isUndone ? "unreachable" : "no-answer", $"{_to}: {lost.Message}", lost);
        }
        catch (Exception closed) when (closed is ObjectDisposedException || (closed is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // Late, or the link was closed meanwhile because its peer is no member any more.
            throw new LinkException(progress.IsSent ? "no-answer" : "unreachable", $"{_to} did not answer within {within.TotalMilliseconds:0} ms", closed);
        }
        catch (IOException cut) when (cut is not LinkException)
        {
            throw new LinkException("no-answer", $"{_to}: {cut.Message}", cut);
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        _http.Dispose();
        _greeting.Dispose();
    }

    private async Task<string> GreetAsync(string? stale, CancellationToken cancellation)
    {
        await _greeting.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_session is { } known && known != stale)
            {
                return known;
            }

            var nonce = await ExchangeAsync("nonce", [], cancellation).ConfigureAwait(false);
            var hello = _handshake.Hello(_self, _to, System.Text.Encoding.UTF8.GetString(nonce), LinkHandshake.NewNonce());
            var answer = await ExchangeAsync("hello", JsonSerializer.SerializeToUtf8Bytes(hello, LinkJson.Default.LinkHello), cancellation).ConfigureAwait(false);
            var welcome = JsonSerializer.Deserialize(answer, LinkJson.Default.LinkWelcome);
            if (welcome is null || !_handshake.Believes(hello, welcome))
            {
                throw new LinkException("forbidden", $"{_to} does not know the cluster's key: something else stands at its address");
            }

            return _session = welcome.Session;
        }
        finally
        {
            _greeting.Release();
        }
    }

    private async Task<byte[]> ExchangeAsync(string path, byte[] body, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(body);
        using var response = await _http.PostAsync(path, content, cancellation).ConfigureAwait(false);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? answer : throw Refused(response.StatusCode, answer);
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        if (request.Content is { } content)
        {
            copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync().ConfigureAwait(false));
            foreach (var (name, values) in content.Headers)
            {
                copy.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return copy;
    }

    private sealed class Progress
    {
        public bool IsSent { get; set; }
    }

    private LinkException Refused(HttpStatusCode status, ReadOnlySpan<byte> answer)
    {
        try
        {
            if (JsonSerializer.Deserialize(answer, LinkJson.Default.LinkRefusal) is { Code: not null } refusal)
            {
                return new LinkException(refusal.Code, $"{_to}: {refusal.Why}");
            }
        }
        catch (JsonException)
        {
            // Something else than a node has answered.
        }

        return new LinkException("forbidden", $"{_to} answered {(int)status}");
    }
}
