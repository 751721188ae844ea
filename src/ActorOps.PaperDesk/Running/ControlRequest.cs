using System.Globalization;
using System.Net;
using System.Text;

namespace ActorOps.PaperDesk.Running;

/// <summary>A request at the desk's loopback door.</summary>
internal sealed record ControlRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, string Body)
{
    private const int LargestBody = 64 * 1024;

    /// <summary>Reads one; null when it is none.</summary>
    public static async Task<ControlRequest?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var first = (await reader.ReadLineAsync(cancellation).ConfigureAwait(false) ?? string.Empty).Split(' ');
        var length = 0;
        while (await reader.ReadLineAsync(cancellation).ConfigureAwait(false) is { Length: > 0 } header)
        {
            if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                _ = int.TryParse(header.AsSpan("Content-Length:".Length), NumberStyles.Integer, CultureInfo.InvariantCulture, out length);
            }
        }

        if (first.Length < 2 || length is < 0 or > LargestBody)
        {
            return null;
        }

        var body = new char[length];
        var read = length == 0 ? 0 : await reader.ReadBlockAsync(body, cancellation).ConfigureAwait(false);
        var mark = first[1].IndexOf('?', StringComparison.Ordinal);
        return new ControlRequest(first[0], mark < 0 ? first[1] : first[1][..mark], Parse(mark < 0 ? string.Empty : first[1][(mark + 1)..]), new string(body, 0, read));
    }

    private static Dictionary<string, string> Parse(string query)
    {
        var parsed = new Dictionary<string, string>();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            parsed[equals < 0 ? pair : pair[..equals]] = equals < 0 ? string.Empty : WebUtility.UrlDecode(pair[(equals + 1)..].Replace("+", "%2B", StringComparison.Ordinal));
        }

        return parsed;
    }
}
