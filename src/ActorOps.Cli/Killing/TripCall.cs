using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace ActorOps.Cli.Killing;

/// <summary>
/// One POST, by hand over a socket where the address is plain HTTP: a general HTTP client takes longer to be compiled at start than all the
/// rest of this command. TLS goes through the general one.
/// </summary>
internal static class TripCall
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Status and body of the answer.</summary>
    /// <exception cref="IOException">No answer, or none that is HTTP.</exception>
    /// <exception cref="SocketException">The node was not reached.</exception>
    /// <exception cref="HttpRequestException">The node was not reached over TLS.</exception>
    public static async Task<(int Status, string Body)> PostAsync(Uri server, string? token, KillArguments kill)
    {
        var reason = kill.Reason is null ? string.Empty : $",\"reason\":\"{JsonEncodedText.Encode(kill.Reason)}\"";
        var more = kill.Flatten ? $",\"flatten\":true,\"confirm\":\"{JsonEncodedText.Encode(kill.Confirm ?? string.Empty)}\"" : kill.Cancel ? ",\"cancel\":true" : string.Empty;
        var body = $"{{\"scope\":\"{JsonEncodedText.Encode(kill.Scope)}\",\"level\":\"{JsonEncodedText.Encode(kill.Level)}\",\"source\":\"cli\",\"tripId\":\"{kill.TripId}\"{reason}{more}}}";
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        return server.Scheme == "http"
            ? await PlainAsync(server, token, body, limit.Token).ConfigureAwait(false)
            : await SecureAsync(server, token, body, limit.Token).ConfigureAwait(false);
    }

    private static async Task<(int Status, string Body)> PlainAsync(Uri server, string? token, string body, CancellationToken cancellation)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port, cancellation).ConfigureAwait(false);
        var content = Encoding.UTF8.GetBytes(body);
        var authorization = token is null ? string.Empty : $"Authorization: Bearer {token}\r\n";
        var head = $"POST /api/v1/kill-switch/trips HTTP/1.1\r\nHost: {server.Authority}\r\n{authorization}Content-Type: application/json\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n";
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

    /// <summary>The body is what stands between the first and the last brace, in chunks or not.</summary>
    private static (int Status, string Body) Split(string answer)
    {
        var (from, to) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        return answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && int.TryParse(answer.AsSpan(9, 3), out var status) && to > from && from > 0
            ? (status, answer[from..(to + 1)])
            : throw new IOException("the node's answer is no HTTP; is something else on this port?");
    }

    private static async Task<(int Status, string Body)> SecureAsync(Uri server, string? token, string body, CancellationToken cancellation)
    {
        using var client = new Client.ActorOpsClient(server, token, Limit);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.Http.PostAsync("api/v1/kill-switch/trips", content, cancellation).ConfigureAwait(false);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
    }
}
