using System.Globalization;
using System.Text;

namespace ActorOps.PaperDesk.Running;

/// <summary>Reads one request from a connection within bounds: 16 KiB of headers, 64 KiB of body, both refused before they are kept.</summary>
internal static class ControlReader
{
    private const int LargestHead = 16 * 1024;
    private const int LargestBody = 64 * 1024;

    /// <summary>The request, or the refusal to answer with.</summary>
    public static async Task<(ControlRequest? Request, (string Status, string Body) Refusal)> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[LargestHead];
        var (read, end) = (0, -1);
        while (end < 0)
        {
            if (read == LargestHead)
            {
                return Refuse("431 Request Header Fields Too Large", "the headers are larger than 16 KiB");
            }

            var got = await stream.ReadAsync(buffer.AsMemory(read), cancellation).ConfigureAwait(false);
            if (got == 0)
            {
                return Refuse("400 Bad Request", "the request ended within its headers");
            }

            read += got;
            end = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
        }

        var (request, why) = ControlRequest.Parse(Encoding.Latin1.GetString(buffer, 0, end));
        if (request is null)
        {
            return Refuse("400 Bad Request", why!);
        }

        if (request.Headers.ContainsKey("Transfer-Encoding"))
        {
            return Refuse("411 Length Required", "a body needs Content-Length; Transfer-Encoding is not supported");
        }

        if (!int.TryParse(request.Headers.GetValueOrDefault("Content-Length", "0"), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return Refuse("400 Bad Request", "Content-Length is not a number");
        }

        if (length > LargestBody)
        {
            return Refuse("413 Content Too Large", "the body is larger than 64 KiB");
        }

        var body = new byte[length];
        var known = Math.Min(length, read - end - 4);
        buffer.AsSpan(end + 4, known).CopyTo(body);
        await stream.ReadExactlyAsync(body.AsMemory(known), cancellation).ConfigureAwait(false);
        return (request with { Body = Encoding.UTF8.GetString(body) }, default);
    }

    private static (ControlRequest? Request, (string Status, string Body) Refusal) Refuse(string status, string why) => (null, (status, why + "\n"));
}
