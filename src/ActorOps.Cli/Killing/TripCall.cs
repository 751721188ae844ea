using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Killing;

/// <summary>
/// One POST, by hand over a socket where the address is plain HTTP: a general HTTP client takes longer to be compiled at start than all the
/// rest of this command. TLS goes through the general one.
/// </summary>
internal static class TripCall
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Trips at an address.</summary>
    /// <exception cref="IOException">The node has not answered, or not in HTTP.</exception>
    /// <exception cref="SocketException">The node was not reached.</exception>
    /// <exception cref="HttpRequestException">The node was not reached over TLS.</exception>
    public static async Task<TripReply?> PostAsync(Uri server, string? token, KillArguments kill)
    {
        var body = BodyOf(kill);
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        return server.Scheme == "http"
            ? await PlainAsync(server, token, body, limit.Token).ConfigureAwait(false)
            : await SecureAsync(server, token, body, limit.Token).ConfigureAwait(false);
    }

    /// <summary>Trips at the kill socket of a data directory.</summary>
    /// <exception cref="IOException">The node has not answered.</exception>
    /// <exception cref="SocketException">Nobody listens there, or this user may not open it.</exception>
    public static async Task<TripReply?> PostAsync(UnixDomainSocketEndPoint path, KillArguments kill)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(path, limit.Token).ConfigureAwait(false);
        return await ExchangeAsync(socket, "localhost", null, BodyOf(kill), limit.Token).ConfigureAwait(false);
    }

    private static string BodyOf(KillArguments kill)
    {
        var reason = kill.Reason is null ? string.Empty : $",\"reason\":\"{JsonEncodedText.Encode(kill.Reason)}\"";
        var more = kill.Flatten ? $",\"flatten\":true,\"confirm\":\"{JsonEncodedText.Encode(kill.Confirm ?? string.Empty)}\"" : kill.Cancel ? ",\"cancel\":true" : string.Empty;
        return $"{{\"scope\":\"{JsonEncodedText.Encode(kill.Scope)}\",\"level\":\"{JsonEncodedText.Encode(kill.Level)}\",\"source\":\"cli\",\"tripId\":\"{kill.TripId}\"{reason}{more}}}";
    }

    private static async Task<TripReply?> PlainAsync(Uri server, string? token, string body, CancellationToken cancellation)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port, cancellation).ConfigureAwait(false);
        return await ExchangeAsync(socket, server.Authority, token, body, cancellation).ConfigureAwait(false);
    }

    private static async Task<TripReply?> ExchangeAsync(Socket socket, string host, string? token, string body, CancellationToken cancellation)
    {
        var content = Encoding.UTF8.GetBytes(body);
        var authorization = token is null ? string.Empty : $"Authorization: Bearer {token}\r\n";
        var head = $"POST /api/v1/kill-switch/trips HTTP/1.1\r\nHost: {host}\r\n{authorization}Content-Type: application/json\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n";
        byte[] request = [.. Encoding.ASCII.GetBytes(head), .. content];
        for (var sent = 0; sent < request.Length;)
        {
            sent += await socket.SendAsync(request.AsMemory(sent), cancellation).ConfigureAwait(false);
        }

        using var answer = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await socket.ReceiveAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            answer.Write(buffer, 0, read);
        }

        return Split(Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length));
    }

    /// <summary>The body is what is between the first and the last brace, in chunks or not.</summary>
    private static TripReply Split(string answer)
    {
        var (from, to) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        return answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && int.TryParse(answer.AsSpan(9, 3), out var status) && to > from && from > 0
            ? new TripReply(status, answer[from..(to + 1)], Instance(answer[..from]))
            : throw new IOException("the answer is not HTTP; is another program on this port?");
    }

    private static string? Instance(string head) => head.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(EndpointFile.InstanceHeader + ":", StringComparison.OrdinalIgnoreCase))?[(EndpointFile.InstanceHeader.Length + 1)..].Trim();

    private static async Task<TripReply?> SecureAsync(Uri server, string? token, string body, CancellationToken cancellation)
    {
        using var client = new Client.ActorOpsClient(server, token, Limit);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.Http.PostAsync("api/v1/kill-switch/trips", content, cancellation).ConfigureAwait(false);
        var instance = response.Headers.TryGetValues(EndpointFile.InstanceHeader, out var values) ? values.FirstOrDefault() : null;
        return new TripReply((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false), instance);
    }
}
