using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ActorOps.Ops.Access;

/// <summary>Principals by token, in memory: authentication works while the store does not.</summary>
public sealed class AccessBoard(TimeProvider time)
{
    private ImmutableDictionary<string, Principal> _byHash = ImmutableDictionary<string, Principal>.Empty;

    /// <summary>Everybody, by name.</summary>
    public IEnumerable<Principal> Principals => _byHash.Values.OrderBy(principal => principal.Name, StringComparer.Ordinal);

    /// <summary>The owner of a token, or null when it is nobody's or has expired.</summary>
    public Principal? Find(string token) => FindHash(Hash(token));

    /// <summary>The owner of the token with this hash, or null when it is nobody's or has expired.</summary>
    public Principal? FindHash(string hash) =>
        _byHash.TryGetValue(hash, out var principal) && principal.IsLiving(time.GetUtcNow()) ? principal : null;

    /// <summary>A new random token of 32 bytes as text.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 of a token, lower-case hex. Tokens are random, so the look-up leaks nothing by its timing.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    internal void Replace(IEnumerable<Principal> principals) =>
        Volatile.Write(ref _byHash, principals.GroupBy(principal => principal.TokenHash).ToImmutableDictionary(group => group.Key, group => group.First()));
}
