using System.Security.Cryptography;
using System.Text;
using ActorOps.Ops.Access;
using ActorOps.Storage.DataDirectories;

namespace ActorOps.Server.Hosting;

/// <summary>
/// A token in the node's data directory that only this node knows: for when the principals cannot be read, are all revoked, or no person has a token at hand. It
/// takes risk off at this node. It is not a person, so it cannot request a reset.
/// </summary>
internal sealed class BreakGlass
{
    private readonly byte[] _hash;
    private readonly Principal _principal;

    private BreakGlass(string token)
    {
        var hash = AccessBoard.Hash(token);
        _hash = Encoding.ASCII.GetBytes(hash);
        _principal = new Principal("break-glass", "break-glass", [Role.BreakGlass], hash, DateTimeOffset.UnixEpoch);
    }

    /// <summary>Reads the token, or makes one; null when neither can be done.</summary>
    public static BreakGlass? Open(string directory, ILogger log)
    {
        var path = Path.Combine(directory, "break-glass.token");
        try
        {
            if (!File.Exists(path))
            {
                AtomicFile.Write(path, AccessBoard.NewToken() + "\n");
            }

            var token = File.ReadAllText(path).Trim();
            return token.Length >= 32 ? new BreakGlass(token) : throw new IOException("it is too short to be a token");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ServerLog.NoBreakGlass(log, path, error);
            return null;
        }
    }

    /// <summary>The principal behind the hash of a token, as a session of the page has it; null for another one.</summary>
    public Principal? FindHash(string hash) => hash == _principal.TokenHash ? _principal : null;

    /// <summary>The principal behind the token; null for another one.</summary>
    public Principal? Find(string token) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(AccessBoard.Hash(token)), _hash) ? _principal : null;
}
