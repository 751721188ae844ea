using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Storage;

/// <summary>SHA-256 over the previous hash and a canonical row: each field length-prefixed, so no two rows read the same.</summary>
internal static class HashChain
{
    public static byte[] Seed { get; } = new byte[32];

    public static byte[] Next(byte[] previous, JournalRecord row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Add(hash, row.Stream);
        Add(hash, row.SequenceNumber);
        Add(hash, row.Epoch);
        Add(hash, row.Kind);
        Add(hash, row.CommandId.ToString("N"));
        Add(hash, row.Ordinal);
        Add(hash, row.Payload);
        Add(hash, row.TraceId ?? string.Empty);
        Add(hash, row.Drill ? 1 : 0);
        Add(hash, row.At.UtcTicks);
        return hash.GetHashAndReset();
    }

    /// <summary>First sequence number of a whole stream, from 1 on, whose place or hash is not right; null when all are.</summary>
    public static long? FirstBroken(IEnumerable<(JournalRecord Record, byte[] Hash)> rows)
    {
        var previous = Seed;
        var expected = 1L;
        foreach (var (record, hash) in rows)
        {
            previous = Next(previous, record);
            if (record.SequenceNumber != expected || !previous.AsSpan().SequenceEqual(hash))
            {
                return expected;
            }

            expected++;
        }

        return null;
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }
}
