using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ActorOps.Client.Wire;

namespace ActorOps.Client;

/// <summary>
/// Typed calls to a cluster: to one of its nodes, and to the next when that is not reached. A call that fails is not repeated here: whoever made it
/// knows whether it may be. Safe from several threads.
/// </summary>
public sealed class ActorOpsClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpClient _streams;
    private readonly ServerSwitch _servers;

    /// <summary>A client for a node's address and a token.</summary>
    public ActorOpsClient(Uri server, string? token, TimeSpan? timeout = null)
        : this([server], token, timeout)
    {
    }

    /// <summary>A client for the addresses of several nodes, the preferred one first.</summary>
    public ActorOpsClient(IReadOnlyList<Uri> servers, string? token, TimeSpan? timeout = null)
    {
        _servers = new ServerSwitch(servers, new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), UseProxy = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) });
        _http = Create(servers[0], token, timeout ?? TimeSpan.FromSeconds(10));
        _streams = Create(servers[0], token, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The node that calls go to now.</summary>
    public Uri Server => _servers.Current;

    /// <summary>Version of this library, as told in a hello.</summary>
    public static string LibraryVersion { get; } = typeof(ActorOpsClient).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The HTTP client for calls of its own.</summary>
    public HttpClient Http => _http;

    /// <summary>Gets a resource.</summary>
    /// <exception cref="ActorOpsException">The server refused.</exception>
    /// <exception cref="HttpRequestException">The server was not reached.</exception>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation = default)
    {
        using var response = await _http.GetAsync(path, cancellation).ConfigureAwait(false);
        return await ReadAsync(response, type, cancellation).ConfigureAwait(false);
    }

    /// <summary>Posts a body and reads the answer. The key makes a repeat harmless.</summary>
    /// <exception cref="ActorOpsException">The server refused.</exception>
    /// <exception cref="HttpRequestException">The server was not reached.</exception>
    public async Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, string? idempotencyKey = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(JsonSerializer.Serialize(body, bodyType), Encoding.UTF8, "application/json"),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
        return await ReadAsync(response, answerType, cancellation).ConfigureAwait(false);
    }

    /// <summary>Posts a body whose answer has none.</summary>
    /// <exception cref="ActorOpsException">The server refused.</exception>
    /// <exception cref="HttpRequestException">The server was not reached.</exception>
    public async Task SendAsync<TBody>(string path, TBody body, JsonTypeInfo<TBody> bodyType, string? idempotencyKey = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(JsonSerializer.Serialize(body, bodyType), Encoding.UTF8, "application/json") };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
        await ThrowIfRefusedAsync(response, cancellation).ConfigureAwait(false);
    }

    /// <summary>Deletes what is at a path.</summary>
    /// <exception cref="ActorOpsException">The server refused.</exception>
    /// <exception cref="HttpRequestException">The server was not reached.</exception>
    public async Task DeleteAsync(string path, CancellationToken cancellation = default)
    {
        using var response = await _http.DeleteAsync(path, cancellation).ConfigureAwait(false);
        await ThrowIfRefusedAsync(response, cancellation).ConfigureAwait(false);
    }

    /// <summary>Begins a gate session; the nodes that the answer names are known from then on.</summary>
    public async Task<HelloAnswer> HelloAsync(HelloBody hello, CancellationToken cancellation = default)
    {
        var answer = await PostAsync("api/v1/gate/sessions", hello, WireJson.Default.HelloBody, WireJson.Default.HelloAnswer, null, cancellation).ConfigureAwait(false);
        _servers.Learn((answer.Nodes ?? []).Select(node => Uri.TryCreate(node, UriKind.Absolute, out var address) ? address : null).OfType<Uri>());
        return answer;
    }

    /// <summary>Leaves a node that answers, but not with what is needed; another one is used from now on, where there is one.</summary>
    public void MoveOn() => _servers.MoveOn(_servers.Current);

    /// <summary>Posts the desk's clock.</summary>
    public async Task EchoAsync(string session, long echo, CancellationToken cancellation = default)
    {
        using var content = new StringContent(JsonSerializer.Serialize(new EchoBody(echo), WireJson.Default.EchoBody), Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync($"api/v1/gate/sessions/{session}/echo", content, cancellation).ConfigureAwait(false);
        await ThrowIfRefusedAsync(response, cancellation).ConfigureAwait(false);
    }

    /// <summary>Says what became of a control event.</summary>
    public async Task AcknowledgeAsync(Guid control, string session, AckBody body, CancellationToken cancellation = default)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body, WireJson.Default.AckBody), Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync($"api/v1/control-events/{control}/ack?session={session}", content, cancellation).ConfigureAwait(false);
        await ThrowIfRefusedAsync(response, cancellation).ConfigureAwait(false);
    }

    /// <summary>Characters of one event: far more than any node sends, and no more than a desk can bear.</summary>
    private const int LongestEvent = 4 * 1024 * 1024;

    /// <summary>Server-sent events of a path, until the server ends or the token is cancelled.</summary>
    public async IAsyncEnumerable<(string Name, string Data)> StreamAsync(string path, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await _streams.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        await ThrowIfRefusedAsync(response, cancellation).ConfigureAwait(false);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false));
        var name = "message";
        var data = new StringBuilder();
        var lines = new BoundedLines(reader, LongestEvent);
        while (await lines.ReadAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            if (data.Length + line.Length > LongestEvent)
            {
                throw new IOException($"an event of the stream is longer than {LongestEvent} characters");
            }

            if (line.Length == 0)
            {
                if (data.Length > 0)
                {
                    yield return (name, data.ToString());
                }

                name = "message";
                data.Clear();
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                data.Append(data.Length > 0 ? "\n" : string.Empty).Append(line, "data: ".Length, line.Length - "data: ".Length);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _streams.Dispose();
        _servers.Dispose();
    }

    private HttpClient Create(Uri server, string? token, TimeSpan timeout)
    {
        var address = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/");
        var http = new HttpClient(_servers, disposeHandler: false) { BaseAddress = address, Timeout = timeout };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return http;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        await ThrowIfRefusedAsync(response, cancellation).ConfigureAwait(false);
        using var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        return await JsonSerializer.DeserializeAsync(stream, type, cancellation).ConfigureAwait(false) ?? throw new JsonException("The server answered with nothing.");
    }

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var text = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        ProblemView? problem = null;
        try
        {
            problem = JsonSerializer.Deserialize(text, WireJson.Default.ProblemView);
        }
        catch (JsonException)
        {
            // Something between us and the node answered in its own words.
        }

        throw new ActorOpsException(problem ?? new ProblemView(response.ReasonPhrase ?? "refused", (int)response.StatusCode, text.Length > 300 ? text[..300] : text, $"http-{(int)response.StatusCode}", false, null));
    }
}
