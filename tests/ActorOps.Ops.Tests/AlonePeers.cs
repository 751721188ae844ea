using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Peers;

namespace ActorOps.Ops.Tests;

/// <summary>A node that has everything itself.</summary>
public sealed class AlonePeers : IPeers
{
    public const string OnlyShard = "shard/eu/00";
    private OpsSystem? _ops;

    public string HomeTier => "operator-eu";

    public IReadOnlyList<string> Others => [];

    public ActorRef Singleton(string name) => new Logical(name, () => _ops?.Singletons.Find(name));

    public string ShardOf(string region, string target) => OnlyShard;

    public ShardOwner? OwnerOf(string shard) => new("n", IsHere: true);

    public ActorRef HostOf(string shard) => _ops!.ShardHost;

    public async Task<IReadOnlyList<SignalParcel>> ForwardAsync(IReadOnlyList<SignalParcel> parcels, CancellationToken cancellation)
    {
        var left = new List<SignalParcel>();
        foreach (var parcel in parcels)
        {
            if (!await _ops!.AcceptAsync(parcel, cancellation))
            {
                left.Add(parcel);
            }
        }

        return left;
    }

    public Task<TripPropagation> SpreadAsync(Trip trip, TimeSpan within) => Task.FromResult(TripPropagation.Alone);

    /// <summary>Recovers, then runs every singleton and the shard.</summary>
    public void RunAll(OpsSystem ops, CancellationToken cancellation)
    {
        _ops = ops;
        _ = Task.Run(async () =>
        {
            await ops.RecoverAsync(["eu"], cancellation);
            _ = ops.RunShardAsync(new FencingToken(OnlyShard, 1), cancellation);
            foreach (var (name, _) in OpsSingletons.All(["eu"]))
            {
                _ = ops.Singletons.RunAsync(new FencingToken(name, 1), cancellation);
            }
        }, cancellation);
    }

    private sealed class Logical(string name, Func<ActorRef?> find) : ActorRef
    {
        public override ActorPath Path { get; } = ActorPath.Root(name);

        public override void Tell(object message, ActorRef sender)
        {
            if (find() is { } here)
            {
                here.Tell(message, sender);
            }
            else
            {
                _ = LaterAsync(message, sender);
            }
        }

        private async Task LaterAsync(object message, ActorRef sender)
        {
            await Waiting.For(() => find() is not null);
            find()!.Tell(message, sender);
        }
    }
}
