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
    public const int LongestRecord = 16 * 1024;
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("ACTOPSLT");

    public static byte[] Header()
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        return header;
    }

    public static byte[] Encode(LatchRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, KillSwitchJson.Default.LatchRecord);
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
            if (length is < 0 or > LongestRecord || at + 8 + length > file.Length
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
