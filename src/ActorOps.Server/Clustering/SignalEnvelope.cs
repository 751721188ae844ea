using System.Buffers;
using System.Globalization;
using System.Text;
using ActorOps.Ops.Peers;
using Microsoft.AspNetCore.Http.Extensions;

namespace ActorOps.Server.Clustering;

/// <summary>Parcels for one node as one body: a line <c>#shard</c> before the lines of each. No signal begins like that: they begin with a brace.</summary>
internal static class SignalEnvelope
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<SignalParcel> parcels)
    {
        var body = new ArrayBufferWriter<byte>(parcels.Sum(parcel => parcel.Lines.Length + parcel.Shard.Length + 2));
        foreach (var parcel in parcels)
        {
            body.Write("#"u8);
            Encoding.UTF8.GetBytes(parcel.Shard, body);
            body.Write("\n"u8);
            body.Write(parcel.Lines.Span);
        }

        return body.WrittenMemory;
    }

    /// <summary>Each shard with its lines; what stands before the first shard is left out.</summary>
    public static IEnumerable<(string Shard, ReadOnlyMemory<byte> Lines)> Read(ReadOnlyMemory<byte> body)
    {
        var rest = body;
        while (rest.Length > 0)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            if (rest.Span[0] != (byte)'#' || end < 0)
            {
                yield break;
            }

            var shard = Encoding.UTF8.GetString(rest.Span[1..end]);
            rest = rest[(end + 1)..];
            var next = rest.Length > 0 && rest.Span[0] == (byte)'#' ? 0 : rest.Span.IndexOf("\n#"u8) is >= 0 and var found ? found + 1 : rest.Length;
            yield return (shard, rest[..next]);
            rest = rest[next..];
        }
    }

    /// <summary>The sender as a query.</summary>
    public static string WriteSender(SignalSender sender)
    {
        var query = new QueryBuilder { { "principal", sender.Principal.ToString(CultureInfo.InvariantCulture) } };
        Add(query, "desk", sender.Desk);
        Add(query, "received", sender.ReceivedAtMs?.ToString(CultureInfo.InvariantCulture));
        Add(query, "ahead", sender.ClockAheadMs?.ToString(CultureInfo.InvariantCulture));
        return query.ToString();
    }

    /// <summary>The sender from a query; what is not there is not known.</summary>
    public static SignalSender ReadSender(IQueryCollection query) => new(
        query.TryGetValue("desk", out var desk) ? desk.ToString() : null, (int)(Number(query, "principal") ?? 0), Number(query, "received"), Number(query, "ahead"));

    public static byte[] WriteRefused(IEnumerable<string> shards) => Encoding.UTF8.GetBytes(string.Join('\n', shards));

    public static HashSet<string> ReadRefused(ReadOnlySpan<byte> answer) => [.. Encoding.UTF8.GetString(answer).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static void Add(QueryBuilder query, string name, string? value)
    {
        if (value is not null)
        {
            query.Add(name, value);
        }
    }

    private static long? Number(IQueryCollection query, string name) => long.TryParse(query[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
}
