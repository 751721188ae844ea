using ActorOps.Kernel.Actors;
using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Peers;

/// <summary>
/// What the domain needs of the cluster: who does what, and a way there. Addresses are logical: they stay good when what they name moves to another
/// node, and what is told while nobody holds it becomes a dead letter.
/// </summary>
public interface IPeers
{
    /// <summary>Name of the operator tier of this node's region.</summary>
    string HomeTier { get; }

    /// <summary>Names of the other members that are alive, as the store last said.</summary>
    IReadOnlyList<string> Others { get; }

    /// <summary>The singleton of a name, wherever it runs.</summary>
    ActorRef Singleton(string name);

    /// <summary>The shard that a target of a home region belongs to.</summary>
    string ShardOf(string region, string target);

    /// <summary>The node that has a shard, as the store last said; null while nobody has.</summary>
    ShardOwner? OwnerOf(string shard);

    /// <summary>The host of a shard's supervisors, wherever it runs.</summary>
    ActorRef HostOf(string shard);

    /// <summary>Takes parcels to the nodes that have their shards, those of one node together; the ones that nobody has taken, and that may be tried again.</summary>
    Task<IReadOnlyList<SignalParcel>> ForwardAsync(IReadOnlyList<SignalParcel> parcels, CancellationToken cancellation);

    /// <summary>Tells every other member of a trip and waits for their latches, at most <paramref name="within"/>; those that are late are told on.</summary>
    Task<TripPropagation> SpreadAsync(Trip trip, TimeSpan within);
}
