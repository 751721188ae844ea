using System.Collections.Concurrent;
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

    public IReadOnlyList<string> Others => _node is null ? [] : [.. _node.View.Members.Where(member => member.State.IsAlive() && member.Key.Node != _node.Lease.Key.Node).Select(member => member.Key.Node)];

    public ActorRef Singleton(string name) => Ref("singleton/" + name, name, () => _ops?.Singletons.Find(name));

    public ActorRef HostOf(string shard) => Ref(shard, shard, () => OwnerOf(shard) is { IsHere: true } ? _ops?.ShardHost : null);

    /// <summary>The actor that a link's message is for, by its logical name; null when it is not here.</summary>
    public ActorRef? FindHere(string name) => name.StartsWith("singleton/", StringComparison.Ordinal) ? _ops?.Singletons.Find(name["singleton/".Length..])
        : OwnerOf(name) is { IsHere: true } ? _ops?.ShardHost : null;

    public string ShardOf(string home, string target) => ShardMap.Of(home, target);

    public ShardOwner? OwnerOf(string shard) => Grants.HolderOf(shard) is { } holder ? new ShardOwner(holder.Node, holder == _node!.Lease.Key) : null;

    public async Task<IReadOnlyList<SignalParcel>> ForwardAsync(IReadOnlyList<SignalParcel> parcels, CancellationToken cancellation)
    {
        var byOwner = parcels.GroupBy(parcel => OwnerOf(parcel.Shard)).ToList();
        var left = await Task.WhenAll(byOwner.Select(async group => group.Key switch
        {
            null => [.. group],
            { IsHere: true } => await HereAsync([.. group], cancellation).ConfigureAwait(false),
            var owner => await ThereAsync(owner.Node, [.. group], cancellation).ConfigureAwait(false),
        })).ConfigureAwait(false);
        return [.. left.SelectMany(parcels => parcels)];
    }

    public async Task<TripPropagation> SpreadAsync(Trip trip, TimeSpan within)
    {
        var others = Others;
        if (others.Count == 0 || _links is null)
        {
            return TripPropagation.Alone;
        }

        var told = others.Select(async other => (Node: other, Latched: await TripSpreading.TellAsync(_links, other, trip, within).ConfigureAwait(false))).ToList();
        var answers = await Task.WhenAll(told).ConfigureAwait(false);
        return new TripPropagation(others.Count + 1, answers.Count(answer => answer.Latched) + 1, [.. answers.Where(answer => !answer.Latched).Select(answer => answer.Node).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Sends what has waited for a new holder.</summary>
    public void Flush()
    {
        foreach (var logical in _refs.Values)
        {
            logical.Flush();
        }
    }

    private async Task<List<SignalParcel>> HereAsync(List<SignalParcel> parcels, CancellationToken cancellation)
    {
        var left = new List<SignalParcel>();
        foreach (var parcel in parcels)
        {
            if (!await _ops!.AcceptAsync(parcel, cancellation).ConfigureAwait(false))
            {
                left.Add(parcel);
            }
        }

        return left;
    }

    private async Task<List<SignalParcel>> ThereAsync(string node, List<SignalParcel> parcels, CancellationToken cancellation)
    {
        if (_links?.Find(node) is not { } link)
        {
            return parcels;
        }

        // One sender's, and of one moment.
        var sender = parcels[0].Sender;
        try
        {
            var answer = await link.CallAsync("signals" + SignalEnvelope.WriteSender(sender), SignalEnvelope.Write(parcels), ForwardWithin, cancellation).ConfigureAwait(false);
            var refused = SignalEnvelope.ReadRefused(answer.Span);
            return [.. parcels.Where(parcel => refused.Contains(parcel.Shard))];
        }
        catch (LinkException failure) when (failure.IsUndone)
        {
            return parcels;
        }
        catch (LinkException)
        {
            // What may have arrived must not be counted twice: it is a gap rather than sent again.
            if (sender.Desk is not null)
            {
                _ops?.NoteGap(sender.Desk);
            }

            return [];
        }
    }

    private LogicalActorRef Ref(string name, string grant, Func<ActorRef?> here) =>
        _refs.GetOrAdd(name, key => new LogicalActorRef(key, here, () => Grants.HolderOf(grant) is { } holder && holder != _node!.Lease.Key ? _links?.Find(holder.Node) : null, catalog, system));
}
