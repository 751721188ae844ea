using System.Collections.Concurrent;
using System.Globalization;
using ActorOps.Cluster.Grants;
using ActorOps.Cluster.Links;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;
using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Ops;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Peers;

namespace ActorOps.Server.Clustering;

/// <summary>The other nodes as the domain sees them: by what they do. Made before there is a membership, and good once there is one.</summary>
internal sealed class ClusterPeers(ActorSystem system, string region, MessageCatalog catalog) : IPeers
{
    private static readonly TimeSpan ForwardWithin = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, LogicalActorRef> _refs = new(StringComparer.Ordinal);
    private GrantIndex? _grants;
    private ClusterNode? _node;
    private LinkHub? _links;
    private OpsSystem? _ops;

    public string HomeTier => OpsSingletons.OperatorOf(region);

    public GrantIndex Grants => _grants ??= new GrantIndex(() => _node);

    /// <summary>From now on there is a membership, and a domain to find things in.</summary>
    public void Bind(ClusterNode node, LinkHub links) => (_node, _links) = (node, links);

    public void Bind(OpsSystem ops) => _ops = ops;

    public ActorRef Singleton(string name) => Ref("singleton/" + name, name, () => _ops?.Singletons.Find(name));

    public ActorRef HostOf(string shard) => Ref(shard, shard, () => OwnerOf(shard) is { IsHere: true } ? _ops?.ShardHost : null);

    /// <summary>The actor that a link's message is for, by its logical name; null when it is not here.</summary>
    public ActorRef? FindHere(string name) => name.StartsWith("singleton/", StringComparison.Ordinal) ? _ops?.Singletons.Find(name["singleton/".Length..])
        : OwnerOf(name) is { IsHere: true } ? _ops?.ShardHost : null;

    public string ShardOf(string home, string target) => ShardMap.Of(home, target);

    public ShardOwner? OwnerOf(string shard) => Grants.HolderOf(shard) is { } holder ? new ShardOwner(holder.Node, holder == _node!.Lease.Key) : null;

    public async Task<bool> ForwardAsync(SignalParcel parcel, CancellationToken cancellation)
    {
        if (OwnerOf(parcel.Shard) is not { } owner)
        {
            return false;
        }

        if (owner.IsHere)
        {
            return await _ops!.AcceptAsync(parcel, cancellation).ConfigureAwait(false);
        }

        try
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"signals?shard={Uri.EscapeDataString(parcel.Shard)}&principal={parcel.Principal}{(parcel.Desk is null ? string.Empty : $"&desk={Uri.EscapeDataString(parcel.Desk)}")}");
            if (_links?.Find(owner.Node) is not { } link)
            {
                return false;
            }

            await link.CallAsync(path, parcel.Lines, ForwardWithin, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (LinkException failure)
        {
            if (failure.IsUndone)
            {
                return false;
            }

            // What may have arrived must not be counted twice: it is a gap rather than sent again.
            if (parcel.Desk is not null)
            {
                _ops?.NoteGap(parcel.Desk);
            }

            return true;
        }
    }

    public async Task<TripPropagation> SpreadAsync(Trip trip, TimeSpan within)
    {
        var others = Others();
        if (others.Count == 0 || _links is null)
        {
            return TripPropagation.Alone;
        }

        var told = others.Select(async other => (other.Key.Node, Latched: await TripSpreading.TellAsync(_links, other.Key.Node, trip, within).ConfigureAwait(false))).ToList();
        var answers = await Task.WhenAll(told).ConfigureAwait(false);
        return new TripPropagation(others.Count + 1, answers.Count(answer => answer.Latched) + 1, [.. answers.Where(answer => !answer.Latched).Select(answer => answer.Node).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Sends what has waited for somebody to take over.</summary>
    public void Flush()
    {
        foreach (var logical in _refs.Values)
        {
            logical.Flush();
        }
    }

    private IReadOnlyList<Member> Others() => _node is null ? [] : [.. _node.View.Members.Where(member => member.State.IsAlive() && member.Key.Node != _node.Lease.Key.Node)];

    private LogicalActorRef Ref(string name, string grant, Func<ActorRef?> here) =>
        _refs.GetOrAdd(name, key => new LogicalActorRef(key, here, () => Grants.HolderOf(grant) is { } holder && holder != _node!.Lease.Key ? _links?.Find(holder.Node) : null, catalog, system));
}
