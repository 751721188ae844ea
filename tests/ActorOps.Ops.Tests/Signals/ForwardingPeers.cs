using System.Text;
using ActorOps.Kernel.Actors;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Peers;

namespace ActorOps.Ops.Tests.Signals;

/// <summary>Another node, which takes parcels or does not.</summary>
internal sealed class ForwardingPeers : IPeers
{
    public ShardOwner? Owner { get; set; } = new("b", false);

    public bool Accepts { get; set; } = true;

    public List<SignalParcel> Delivered { get; } = [];

    public IEnumerable<string> Texts => Delivered.Select(parcel => Encoding.UTF8.GetString(parcel.Lines.Span));

    public string HomeTier => "operator-eu";

    public IReadOnlyList<string> Others => [];

    public ActorRef Singleton(string name) => ActorRef.NoSender;

    public string ShardOf(string region, string target) => "s";

    public ShardOwner? OwnerOf(string shard) => Owner;

    public ActorRef HostOf(string shard) => ActorRef.NoSender;

    public Task<IReadOnlyList<SignalParcel>> ForwardAsync(IReadOnlyList<SignalParcel> parcels, CancellationToken cancellation)
    {
        var isTaken = Accepts && Owner is not null;
        Delivered.AddRange(isTaken ? parcels.Select(parcel => parcel with { Lines = parcel.Lines.ToArray() }) : []);
        return Task.FromResult<IReadOnlyList<SignalParcel>>(isTaken ? [] : parcels);
    }

    public Task<TripPropagation> SpreadAsync(Trip trip, TimeSpan within) => Task.FromResult(TripPropagation.Alone);
}
