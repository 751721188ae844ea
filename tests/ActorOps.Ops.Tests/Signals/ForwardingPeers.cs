using System.Collections.Concurrent;
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

    /// <summary>Who has every singleton.</summary>
    public ActorRef Holder { get; set; } = ActorRef.NoSender;

    public ActorRef Singleton(string name) => Holder;

    public string ShardOf(string region, string target) => "s";

    public ShardOwner? OwnerOf(string shard) => Owner;

    public ActorRef HostOf(string shard) => ActorRef.NoSender;

    private readonly ConcurrentDictionary<string, Gate> _gates = [];

    /// <summary>Lets the parcel of this text stand still on its way, once.</summary>
    public Gate Hold(string text) => _gates.GetOrAdd(text, _ => new Gate());

    public async Task<IReadOnlyList<SignalParcel>> ForwardAsync(IReadOnlyList<SignalParcel> parcels, CancellationToken cancellation)
    {
        foreach (var parcel in parcels)
        {
            if (_gates.TryRemove(Encoding.UTF8.GetString(parcel.Lines.Span), out var gate))
            {
                await gate.PassAsync();
                cancellation.ThrowIfCancellationRequested();
            }
        }

        var isTaken = Accepts && Owner is not null;
        Delivered.AddRange(isTaken ? parcels.Select(parcel => parcel with { Lines = parcel.Lines.ToArray() }) : []);
        return isTaken ? [] : parcels;
    }

    internal sealed class Gate
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Open() => _open.SetResult();

        public Task PassAsync()
        {
            _reached.SetResult();
            return _open.Task;
        }
    }

    public Task<TripPropagation> SpreadAsync(Trip trip, TimeSpan within) => Task.FromResult(TripPropagation.Alone);
}
