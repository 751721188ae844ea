using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Storage.Backups;

/// <summary>Reads a backup and believes nothing: the form, the count, the checksum, the order of each stream and its hash chain.</summary>
public static class BackupReader
{
    private const int Format = 1;

    /// <summary>Reads all of it and says what it holds.</summary>
    /// <exception cref="BackupDamagedException">It must not be believed.</exception>
    public static BackupSummary Verify(string path)
    {
        BackupSummary? summary = null;
        foreach (var _ in Read(path, found => summary = found))
        {
        }

        return summary!;
    }

    /// <summary>Every record but the last, checked as they come; the whole is good only when the enumeration has ended.</summary>
    internal static IEnumerable<BackupRecord> Read(string path, Action<BackupSummary>? finished = null)
    {
        var chains = new Dictionary<string, (long Sequence, byte[] Hash)>(StringComparer.Ordinal);
        var (events, snapshots, messages) = (0L, 0L, 0L);
        BackupRecord.Header? header = null;
        foreach (var (line, record, hashBefore) in Lines(path))
        {
            switch (record)
            {
                case BackupRecord.Header first when line == 1 && first.Format == Format:
                    header = first;
                    break;
                case BackupRecord.Header first when line == 1:
                    throw new BackupDamagedException(line, $"its format is {first.Format}, this version reads {Format}");
                case BackupRecord.End end when header is not null:
                    Check(line, end, events, snapshots, messages, hashBefore);
                    finished?.Invoke(new BackupSummary(header.StoreId, header.Generation, header.Engine, header.At, events, snapshots, messages));
                    yield break;
                case BackupRecord.Event e when header is not null:
                    events++;
                    CheckChain(line, e, chains);
                    break;
                case BackupRecord.Snapshot when header is not null:
                    snapshots++;
                    break;
                case BackupRecord.Message when header is not null:
                    messages++;
                    break;
                case BackupRecord.Grant when header is not null:
                    break;
                default:
                    throw new BackupDamagedException(line, "a record in the wrong place");
            }

            yield return record;
        }

        throw new BackupDamagedException(0, "the end is missing, so it was truncated");
    }

    private static void Check(long line, BackupRecord.End end, long events, long snapshots, long messages, string hash)
    {
        if ((end.Events, end.Snapshots, end.Messages) != (events, snapshots, messages))
        {
            throw new BackupDamagedException(line, $"it counts {end.Events} events, {end.Snapshots} snapshots and {end.Messages} messages, and holds {events}, {snapshots} and {messages}");
        }

        if (end.Sha256 != hash)
        {
            throw new BackupDamagedException(line, "its checksum does not match its content");
        }
    }

    private static void CheckChain(long line, BackupRecord.Event e, Dictionary<string, (long Sequence, byte[] Hash)> chains)
    {
        var (sequence, previous) = chains.GetValueOrDefault(e.Stream, (0, HashChain.Seed));
        var row = new JournalRecord(string.Empty, e.Stream, e.Sequence, e.Epoch, e.Kind, e.Payload, e.CommandId, e.Ordinal, e.TraceId, e.Drill, DateTimeOffset.UnixEpoch.AddTicks(e.AtTicks));
        var hash = HashChain.Next(previous, row);
        if (e.Sequence != sequence + 1 || !hash.AsSpan().SequenceEqual(e.Hash))
        {
            throw new BackupDamagedException(line, $"event {e.Sequence} of stream {e.Stream} does not follow from the one before it");
        }

        chains[e.Stream] = (e.Sequence, hash);
    }

    private static IEnumerable<(long Line, BackupRecord Record, string HashBefore)> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var plain = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(plain, new UTF8Encoding(false, throwOnInvalidBytes: true));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long line = 1; ReadLine(reader, line) is { } text; line++)
        {
            BackupRecord? record;
            try
            {
                record = JsonSerializer.Deserialize(text, BackupJson.Default.BackupRecord);
            }
            catch (Exception error) when (error is JsonException or NotSupportedException)
            {
                throw new BackupDamagedException(line, "not a record", error);
            }

            yield return (line, record ?? throw new BackupDamagedException(line, "an empty line"), Convert.ToHexStringLower(hash.GetCurrentHash()));
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData("\n"u8);
        }
    }

    private static string? ReadLine(StreamReader reader, long line)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception error) when (error is InvalidDataException or DecoderFallbackException or EndOfStreamException)
        {
            throw new BackupDamagedException(line, "not compressed, or truncated", error);
        }
    }
}
