using System.Collections.Concurrent;
using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Links;

/// <summary>Who has proved itself on which connection. A connection that ends takes its proof with it.</summary>
public sealed class LinkSessions(LinkHandshake handshake, string self)
{
    private const int MostNonces = 1000;
    private readonly ConcurrentDictionary<string, string> _nonces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Connection, NodeKey Peer)> _sessions = new(StringComparer.Ordinal);

    /// <summary>A nonce for a connection; its former one is void. Null when too many strangers have asked.</summary>
    public string? Nonce(string connection)
    {
        if (_nonces.Count >= MostNonces && !_nonces.ContainsKey(connection))
        {
            return null;
        }

        return _nonces[connection] = LinkHandshake.NewNonce();
    }

    /// <summary>Begins a session, or says why not.</summary>
    public (LinkWelcome? Welcome, string? Refusal) Begin(string connection, LinkHello hello)
    {
        var knowsNonce = _nonces.TryRemove(connection, out var nonce) && nonce == hello.ServerNonce;
        if (handshake.Refuse(hello, self, knowsNonce) is { } refusal)
        {
            return (null, refusal);
        }

        var session = LinkHandshake.NewNonce();
        _sessions[session] = (connection, new NodeKey(hello.Node, hello.Incarnation));
        return (new LinkWelcome(session, handshake.ProveServer(hello)), null);
    }

    /// <summary>The peer of a session on its own connection; null for anybody else.</summary>
    public NodeKey? Find(string connection, string session) => _sessions.TryGetValue(session, out var known) && known.Connection == connection ? known.Peer : null;

    /// <summary>The connection has ended.</summary>
    public void End(string connection)
    {
        _nonces.TryRemove(connection, out _);
        foreach (var (session, known) in _sessions)
        {
            if (known.Connection == connection)
            {
                _sessions.TryRemove(session, out _);
            }
        }
    }
}
