using System.Net;

namespace ActorOps.PaperDesk.Running;

/// <summary>A request at the desk's loopback door.</summary>
/// <param name="Method">Method.</param>
/// <param name="Path">Path without the query.</param>
/// <param name="Query">Query.</param>
/// <param name="Headers">Headers; one that came twice has both values, with a comma.</param>
/// <param name="Body">Body.</param>
internal sealed record ControlRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Reads the lines before the body; null with the reason when they are not a request.</summary>
    public static (ControlRequest? Request, string? Why) Parse(string head)
    {
        var lines = head.Split("\r\n");
        var first = lines[0].Split(' ');
        if (first.Length != 3 || !first[2].StartsWith("HTTP/1.", StringComparison.Ordinal) || !first[1].StartsWith('/'))
        {
            return (null, "the first line is not METHOD /PATH HTTP/1.1");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1).Where(line => line.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line[..colon].Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            {
                return (null, "a header has no name");
            }

            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            headers[name] = headers.TryGetValue(name, out var known) ? $"{known},{value}" : value;
        }

        var mark = first[1].IndexOf('?', StringComparison.Ordinal);
        return (new ControlRequest(first[0], mark < 0 ? first[1] : first[1][..mark], ParseQuery(mark < 0 ? string.Empty : first[1][(mark + 1)..]), headers, string.Empty), null);
    }

    private static Dictionary<string, string> ParseQuery(string query)
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
