using System.Collections.Concurrent;
using ActorOps.Cluster.Membership;
using Microsoft.Extensions.Logging;

namespace ActorOps.Cluster.Links;

/// <summary>
/// The links of this node: one to each other member, opened and closed as views of the cluster say. A link is a way to talk, never evidence: who lives is
/// decided by the store alone.
/// </summary>
public sealed class LinkHub(NodeKey self, Func<Member, ILinkChannel> open, MessageCatalog catalog, LinkOptions options, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, PeerLink> _links = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>What may be said.</summary>
    public MessageCatalog Catalog => catalog;

    /// <summary>Every link, by name of the peer.</summary>
    public IReadOnlyList<PeerLink> Links => [.. _links.Values.OrderBy(link => link.Peer.Node, StringComparer.Ordinal)];

    /// <summary>Called with each new link.</summary>
    public Action<PeerLink>? Opened { get; set; }

    /// <summary>The link to a node; null when it is no member.</summary>
    public PeerLink? Find(string node) => _links.GetValueOrDefault(node);

    /// <summary>Opens links to who has come, closes those to who has gone.</summary>
    public async Task FollowAsync(ClusterView view)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var alive = view.Members.Where(member => member.State.IsAlive() && member.Key.Node != self.Node && member.Description.Address.Length > 0).ToDictionary(member => member.Key);
            foreach (var link in Links.Where(link => !alive.ContainsKey(link.Peer)))
            {
                if (_links.TryRemove(KeyValuePair.Create(link.Peer.Node, link)))
                {
                    await link.DisposeAsync().ConfigureAwait(false);
                }
            }

            foreach (var (key, member) in alive.Where(member => !_links.ContainsKey(member.Key.Node)))
            {
                var link = new PeerLink(key, open(member), options, time, (frame, why) => ClusterLog.NotTaken(log, frame.Kind, frame.To, key, why));
                _links[key.Node] = link;
                Opened?.Invoke(link);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var link in Links)
        {
            await link.DisposeAsync().ConfigureAwait(false);
        }

        _turn.Dispose();
    }
}
