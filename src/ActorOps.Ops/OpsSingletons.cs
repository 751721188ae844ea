using System.Collections.Concurrent;
using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Access;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Escalations;
using ActorOps.Ops.Feeds;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Procedures;
using ActorOps.Ops.Resets;
using ActorOps.Ops.Rules;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops;

/// <summary>The singletons of the domain: which there are, how each is made, and those that run on this node.</summary>
public sealed class OpsSingletons
{
    private const string Operator = "operator-";
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, ActorRef> _here = new(StringComparer.Ordinal);
    private readonly ActorSystem _system;
    private readonly OpsStore _store;
    private readonly OpsOptions _options;
    private readonly OpsProjections _projections;
    private readonly SingletonParts _parts;

    internal OpsSingletons(ActorSystem system, OpsStore store, OpsOptions options, OpsProjections projections, SingletonParts parts) =>
        (_system, _store, _options, _projections, _parts) = (system, store, options, projections, parts);

    /// <summary>Name of the operator tier of a region.</summary>
    public static string OperatorOf(string region) => Operator + region;

    /// <summary>Every singleton there is, given the regions that there are; with the region whose nodes should have it, or null.</summary>
    public static IReadOnlyList<(string Name, string? Region)> All(IEnumerable<string> regions) =>
        [("kill-switch", null), ("access", null), ("desks", null), ("feeds", null), ("limits", null), ("procedures", null), .. regions.Order(StringComparer.Ordinal).Select(region => (OperatorOf(region), (string?)region))];

    /// <summary>The actor of a singleton that runs here; null when it does not.</summary>
    public ActorRef? Find(string name) => _here.GetValueOrDefault(name);

    /// <summary>
    /// Runs a singleton under its grant until it is cancelled: then it finishes the message in hand, which the fence protects, and stops. Returns early
    /// when it was fenced, or has read an event of a later version.
    /// </summary>
    public async Task RunAsync(FencingToken token, CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var term = $"{token.Grant}~{token.Epoch & 0xFFFF_FFFF}-{Interlocked.Increment(ref _terms)}";
        var actor = _system.ActorOf(Props.Create(() => new SingletonActor(PropsOf(token), ended)), term);
        _here[token.Grant] = actor;
        try
        {
            await ended.Task.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _here.TryRemove(KeyValuePair.Create(token.Grant, actor));
        }

        if (!ended.Task.IsCompleted)
        {
            await actor.GracefulStop(StopWithin, _system.TimeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private int _terms;

    private Props PropsOf(FencingToken token)
    {
        var store = new EventSourcedOptions { Journal = _store.Journal, Snapshots = _store.Snapshots, Token = token };
        return token.Grant switch
        {
            "kill-switch" => Props.Create(() => new KillSwitchActor(store, _projections.KillSwitch, _projections.Access, _parts.Facts, _parts.Escalations)),
            "access" => Props.Create(() => new AccessActor(store, _projections.Access, _projections.KillSwitch)),
            "desks" => Props.Create(() => new DeskRegistryActor(store, _projections.Desks, _projections.KillSwitch.Board, _projections.KillSwitch.IsDeskApproved)),
            "feeds" => Props.Create(() => new FeedSwitchActor(store, _projections.Feeds, _parts.Registry)),
            "procedures" => Props.Create(() => new ProcedureActor(store, _projections.Procedures, _parts.Procedures, _parts.Log)),
            "limits" => Props.Create(() => new LimitsRecorderActor(store, _projections.Limits, _parts.Limits.Wanted, _projections.KillSwitch.AreLimitsApproved, _parts.Log)),
            _ when token.Grant.StartsWith(Operator, StringComparison.Ordinal) => Props.Create(() => new EscalationActor(store, _projections.Escalations(token.Grant[Operator.Length..]), _parts.Log)),
            _ => throw new ArgumentException($"There is no singleton '{token.Grant}'.", nameof(token)),
        };
    }
}

/// <summary>What singletons work with besides the store.</summary>
internal sealed record SingletonParts(DeskRegistry Registry, IResetFacts Facts, ActorRef Escalations, ProcedureKinds Procedures, LimitsGuard Limits, ILogger Log);
