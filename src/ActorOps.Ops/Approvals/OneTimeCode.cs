using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace ActorOps.Ops.Approvals;

/// <summary>One-time codes of six digits that change each half minute (RFC 6238 with HMAC-SHA-1, the form that every authenticator reads).</summary>
public static class OneTimeCode
{
    /// <summary>Life of a code, s.</summary>
    public const int PeriodSeconds = 30;

    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>Steps before and after the present one that count, for clocks that are a little off.</summary>
    private const int Skew = 1;

    /// <summary>The step of a moment.</summary>
    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / PeriodSeconds;

    /// <summary>The code of a step.</summary>
    public static string Compute(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 and every authenticator use SHA-1 here; HMAC does not rest on its collision resistance
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var binary = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFF_FFFF;
        return (binary % (uint)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step whose code this is, after <paramref name="lastStep"/>: a code counts once, and none before it counts any more. Null: no such step.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long lastStep)
    {
        var present = StepAt(now);
        long? matched = null;
        for (var step = present - Skew; step <= present + Skew; step++)
        {
            if (step > lastStep && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Compute(secret, step)), System.Text.Encoding.UTF8.GetBytes(code)))
            {
                matched ??= step;
            }
        }

        return matched;
    }
}
