using System.Security.Cryptography;
using System.Text;

namespace ActorOps.Ops.Approvals;

/// <summary>
/// The secret behind a person's one-time codes. What is kept of it is sealed under the person's own token, of which only a hash is kept: neither the
/// journal nor a backup gives it away, and nobody can check a code without the token that it goes with.
/// </summary>
public static class CodeSecret
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Bytes = 20;
    private static readonly byte[] Purpose = "actorops one-time code"u8.ToArray();

    /// <summary>A new secret.</summary>
    public static byte[] New() => RandomNumberGenerator.GetBytes(Bytes);

    /// <summary>The secret under a token.</summary>
    public static string Seal(byte[] secret, string token)
    {
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        var content = new byte[secret.Length];
        using var cipher = new AesGcm(KeyOf(token), tag.Length);
        cipher.Encrypt(nonce, secret, content, tag);
        return Convert.ToBase64String([.. nonce, .. tag, .. content]);
    }

    /// <summary>The secret again; null under another token, or when the text is not one of ours.</summary>
    public static byte[]? Open(string sealedSecret, string token)
    {
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var all = new byte[sealedSecret.Length];
        if (!Convert.TryFromBase64String(sealedSecret, all, out var length) || length <= nonce + tag)
        {
            return null;
        }

        try
        {
            var secret = new byte[length - nonce - tag];
            using var cipher = new AesGcm(KeyOf(token), tag);
            cipher.Decrypt(all.AsSpan(0, nonce), all.AsSpan(nonce + tag, secret.Length), all.AsSpan(nonce, tag), secret);
            return secret;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What an authenticator reads (the Key Uri Format), as text or in a QR code.</summary>
    public static string ToUri(byte[] secret, string account) =>
        $"otpauth://totp/ActorOps:{Uri.EscapeDataString(account)}?secret={ToBase32(secret)}&issuer=ActorOps&algorithm=SHA1&digits={OneTimeCode.Digits}&period={OneTimeCode.PeriodSeconds}";

    /// <summary>RFC 4648 base 32 without padding.</summary>
    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var value in bytes)
        {
            (buffer, bits) = ((buffer << 8) | value, bits + 8);
            while (bits >= 5)
            {
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
                bits -= 5;
            }

            buffer &= (1 << bits) - 1;
        }

        return bits == 0 ? text.ToString() : text.Append(Alphabet[(buffer << (5 - bits)) & 31]).ToString();
    }

    /// <summary>A token is random, so one pass is enough to make a key of it; it is not the hash that is stored.</summary>
    private static byte[] KeyOf(string token) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token), 32, info: Purpose);
}
