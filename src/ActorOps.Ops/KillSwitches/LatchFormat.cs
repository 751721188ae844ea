using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace ActorOps.Ops.KillSwitches;

/// <summary>
/// Layout of the latch file: 16 bytes of header (<c>ACTOPSLT</c>, version, zeros), then records of
/// <c>length (4) · checksum (4) · JSON</c>, then zeros: the file is longer than its content, so that a record needs no new disk block.
/// </summary>
internal static class LatchFormat
{
    public const int Version = 1;
    public const int HeaderLength = 16;

    /// <summary>Longest record that is written, bytes.</summary>
    public const int LongestRecord = 16 * 1024;

    /// <summary>Longest record that is believed when it is read: earlier versions wrote longer ones.</summary>
    private const int LongestReadable = 1024 * 1024;
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("ACTOPSLT");

    public static byte[] Header()
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        return header;
    }

    /// <summary>A record never longer than <see cref="LongestRecord"/>: what would make it so are texts, which the journal keeps in full.</summary>
    public static byte[] Encode(LatchRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, KillSwitchJson.Default.LatchRecord);
        if (json.Length > LongestRecord && record.Trip is { } trip)
        {
            json = JsonSerializer.SerializeToUtf8Bytes(new LatchRecord { Trip = Essence(trip) }, KillSwitchJson.Default.LatchRecord);
        }

        var bytes = new byte[8 + json.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, json.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Checksum(json));
        json.CopyTo(bytes, 8);
        return bytes;
    }

    /// <summary>Reads records up to the zeros. The problem names the first byte that makes no sense.</summary>
    public static (List<LatchRecord> Records, int End, string? Problem) Decode(ReadOnlySpan<byte> file)
    {
        var records = new List<LatchRecord>();
        if (file.Length < HeaderLength || !file[..8].SequenceEqual(Magic))
        {
            return (records, HeaderLength, "it does not begin as a latch file does");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(file[8..]);
        if (version != Version)
        {
            return (records, HeaderLength, $"it has version {version}, this program writes {Version}");
        }

        var at = HeaderLength;
        while (at + 8 <= file.Length && BinaryPrimitives.ReadInt32LittleEndian(file[at..]) is not 0 and var length)
        {
            if (length is < 0 or > LongestReadable || at + 8 + length > file.Length
                || Checksum(file.Slice(at + 8, length)) != BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..])
                || Parse(file.Slice(at + 8, length)) is not { } record)
            {
                return (records, at, $"the record at byte {at} is torn or damaged");
            }

            records.Add(record);
            at += 8 + length;
        }

        return file[at..].ContainsAnyExcept((byte)0) ? (records, at, $"there is something after the last record at byte {at}") : (records, at, null);
    }

    private static Trip Essence(Trip trip) => trip with
    {
        Reason = SafeText.Clean(trip.Reason, 200),
        Cause = trip.Cause is null ? null : SafeText.Clean(trip.Cause, 200),
        Evidence = null,
        RecoversFrom = null,
    };

    private static LatchRecord? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, KillSwitchJson.Default.LatchRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>CRC-32C (Castagnoli).</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
