using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ActorOps.Server.Hosting;

/// <summary>The one request of a connection to the kill socket: POST, any path, a short body of known length.</summary>
internal static class KillSocketRequest
{
    private const int MostHead = 8 * 1024;
    private const int MostBody = 64 * 1024;

    /// <summary>The body; null when it is not such a request.</summary>
    public static async Task<string?> ReadAsync(Socket caller, CancellationToken cancellation)
    {
        var buffer = new byte[MostHead + MostBody];
        for (var count = 0; ;)
        {
            var read = await caller.ReceiveAsync(buffer.AsMemory(count), cancellation).ConfigureAwait(false);
            count += read;
            var end = buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8);
            if (end < 0 && (read == 0 || count > MostHead))
            {
                return null;
            }

            if (end >= 0)
            {
                if (BodyLength(Encoding.ASCII.GetString(buffer, 0, end)) is not { } length || read == 0)
                {
                    return null;
                }

                if (count >= end + 4 + length)
                {
                    return Encoding.UTF8.GetString(buffer, end + 4, length);
                }
            }
        }
    }

    public static async Task AnswerAsync(Socket caller, int status, string json, CancellationToken cancellation)
    {
        var content = Encoding.UTF8.GetBytes(json);
        byte[] answer = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {(status < 300 ? "OK" : "Refused")}\r\nContent-Type: application/json\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n")), .. content];
        for (var sent = 0; sent < answer.Length;)
        {
            sent += await caller.SendAsync(answer.AsMemory(sent), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Content-Length of a POST; null without a good one.</summary>
    internal static int? BodyLength(string head)
    {
        var lines = head.Split("\r\n");
        var lengths = lines.Skip(1).Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).ToList();
        return lines[0].StartsWith("POST ", StringComparison.Ordinal) && lengths is [var only]
            && int.TryParse(only.AsSpan(only.IndexOf(':', StringComparison.Ordinal) + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= MostBody ? length : null;
    }
}
