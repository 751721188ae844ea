using System.Buffers;
using System.Text;
using ActorOps.Ops.Peers;

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

    public static byte[] WriteRefused(IEnumerable<string> shards) => Encoding.UTF8.GetBytes(string.Join('\n', shards));

    public static HashSet<string> ReadRefused(ReadOnlySpan<byte> answer) => [.. Encoding.UTF8.GetString(answer).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
