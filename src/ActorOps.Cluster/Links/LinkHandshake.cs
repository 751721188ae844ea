using System.Security.Cryptography;
using System.Text;

namespace ActorOps.Cluster.Links;

/// <summary>
/// Mutual proof of the cluster's key by HMAC-SHA-256 over both nonces and everything that is claimed (as ISO/IEC 9798-4 has it): nothing that was
/// overheard can be used again, neither in another direction, nor to another node, nor in another cluster.
/// </summary>
/// <param name="key">The cluster's shared secret.</param>
/// <param name="cluster">Name of the cluster.</param>
/// <param name="storeId">Its store.</param>
public sealed class LinkHandshake(string key, string cluster, Guid storeId)
{
    /// <summary>Version of what is said on links.</summary>
    public const int Protocol = 1;

    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>32 random bytes as text.</summary>
    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>A hello from this cluster.</summary>
    public LinkHello Hello(Membership.NodeKey self, string to, string serverNonce, string clientNonce)
    {
        var hello = new LinkHello(cluster, storeId, self.Node, self.Incarnation, to, serverNonce, clientNonce, Protocol, string.Empty);
        return hello with { Proof = Prove("client", hello) };
    }

    /// <summary>Why a hello is not believed; null: it is.</summary>
    public string? Refuse(LinkHello hello, string self, bool knowsNonce)
    {
        if (hello.Cluster != cluster || hello.StoreId != storeId)
        {
            return $"this node belongs to cluster '{cluster}' on store {storeId}, not to '{hello.Cluster}' on {hello.StoreId}";
        }

        if (hello.To != self)
        {
            return $"this is node '{self}', not '{hello.To}'";
        }

        if (hello.Protocol != Protocol)
        {
            return $"links speak protocol {Protocol} here, not {hello.Protocol}";
        }

        return !knowsNonce ? "the nonce is not one that was given on this connection, or was used"
            : !Equal(hello.Proof, Prove("client", hello)) ? "the proof is wrong: the keys of the two nodes differ"
            : null;
    }

    /// <summary>What the answering side proves.</summary>
    public string ProveServer(LinkHello hello) => Prove("server", hello);

    /// <summary>True when the answering side knows the key.</summary>
    public bool Believes(LinkHello hello, LinkWelcome welcome) => Equal(welcome.Proof, ProveServer(hello));

    private string Prove(string side, LinkHello hello) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(
        string.Join('\n', side, hello.Cluster, hello.StoreId, hello.Node, hello.Incarnation, hello.To, hello.ServerNonce, hello.ClientNonce, hello.Protocol))));

    private static bool Equal(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
