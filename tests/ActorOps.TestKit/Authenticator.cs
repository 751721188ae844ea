using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace ActorOps.TestKit;

/// <summary>A person's authenticator: reads an otpauth address and gives codes, written anew from RFC 6238 and RFC 4648.</summary>
public sealed class Authenticator
{
    private readonly byte[] _secret;
    private long _next;

    public Authenticator(string uri)
    {
        var query = uri[(uri.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(("SHA1", "6", "30"), (query["algorithm"], query["digits"], query["period"]));
        _secret = FromBase32(query["secret"]);
        _next = Oldest;
    }

    private static long Step => Seconds / 30;

    private static long Seconds => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The oldest step whose code will still count when it arrives: the one before the present one, unless that is about to be two steps old.</summary>
    private static long Oldest => Seconds % 30 < 20 ? Step - 1 : Step;

    /// <summary>The oldest code that was not given yet and still counts: up to three in quick succession.</summary>
    public string Next()
    {
        _next = Math.Max(_next, Oldest);
        Assert.True(_next <= Step + 1, "more than three codes within a minute and a half");
        return At(_next++);
    }

    private string At(long step)
    {
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
#pragma warning disable CA5350 // the standard's own
        var mac = HMACSHA1.HashData(_secret, message);
#pragma warning restore CA5350
        var from = mac[19] & 0x0F;
        var number = ((mac[from] & 0x7F) << 24) | (mac[from + 1] << 16) | (mac[from + 2] << 8) | mac[from + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
