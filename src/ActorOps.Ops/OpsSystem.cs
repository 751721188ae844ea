using System.IO.Pipelines;
using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Persistence;
using ActorOps.Kernel.Supervision;
using ActorOps.Ops.Access;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Escalations;
using ActorOps.Ops.Feeds;
using ActorOps.Ops.Gates;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Supervisors;

namespace ActorOps.Ops;

/// <summary>
/// The domain as one running whole: signals go in by <see cref="IngestAsync"/>, people by <see cref="KillSwitch"/>, <see cref="Access"/> and
/// <see cref="Feeds"/>, desks by <see cref="Gates"/>. Reads come from boards in memory and need no actor.
/// </summary>
public sealed class OpsSystem
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(5);
    private readonly ActorSystem _system;
    private readonly OpsStore _store;
    private readonly SignalRouting _routing = new();
    private readonly SignalSessions _sessions = new();
    private readonly ActorRef _shards;
    private readonly ActorRef _access;
    private readonly ActorRef _feeds;
    private readonly ActorRef _desks;

    private OpsSystem(ActorSystem system, OpsStore store, OpsOptions options, KillSwitchServices killSwitch, GateIdentity identity, string region)
    {
        (_system, _store) = (system, store);
        AccessBoard = new AccessBoard(system.TimeProvider);
        var log = system.LoggerFactory.CreateLogger("ActorOps.Ops");
        var singleton = system.ActorOf(Props.Create(() => new KillSwitchActor(Store("kill-switch"), killSwitch)), "kill-switch");
        KillSwitch = new KillSwitch(killSwitch, singleton, system.TimeProvider);
        Board = killSwitch.Board;
        WhenReady = Task.WhenAll(killSwitch.WhenReady, _accessReady.Task);
        Gates = new GateHub(killSwitch, Registry, store.Outbox, options.Gate, identity);
        _access = system.ActorOf(Props.Create(() => new AccessActor(Store("access"), AccessBoard, () => _accessReady.TrySetResult())), "access");
        _desks = system.ActorOf(Props.Create(() => new DeskRegistryActor(Store("desks"), Registry, killSwitch.Board)), "desks");
        _feeds = system.ActorOf(Props.Create(() => new FeedSwitchActor(Store("feeds"), ActiveFeeds, Registry, Gates)), "feeds");
        var escalations = system.ActorOf(Props.Create(() => new EscalationActor(Store($"operator-{region}"), region, Escalations, log)), $"operator-{region}");
        var services = new SupervisorServices(KillSwitch, killSwitch.Board, Registry, Supervisors, options.Rules)
        {
            ActiveFeeds = ActiveFeeds,
            FeedSwitch = _feeds,
            Escalations = escalations,
            Verdicts = system.ActorOf(Props.Create(() => new VerdictRecorderActor(Store("supervision"))), "verdicts"),
            Checkpoints = system.ActorOf(Props.Create(() => new CheckpointActor(store.Snapshots, log)), "checkpoints"),
        };
        _shards = system.ActorOf(Props.Create(() => new ShardHostActor(services, _routing, log)), "shards");
        system.ActorOf(Props.Create(() => new Rules.LimitsRecorderActor(Store("limits"), options.Rules, log)), "limits");
    }

    private readonly TaskCompletionSource _accessReady = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// For the actor system's guardian. A singleton that loses its store comes back for as long as it takes; one that reads an event of a
    /// later version, or has been fenced, stops for good: guessing would be worse.
    /// </summary>
    public static SupervisorStrategy GuardianStrategy { get; } = new OneForOneStrategy(
        static reason => reason is UnknownEventException or FencedException ? Directive.Stop : Directive.Restart,
        int.MaxValue,
        TimeSpan.FromMinutes(1),
        new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5)));

    /// <summary>Completes when what was stored is known again. Until then no permit is given and nobody is let in.</summary>
    public Task WhenReady { get; }

    /// <summary>Trips and resets.</summary>
    public KillSwitch KillSwitch { get; }

    /// <summary>What stands.</summary>
    public KillSwitchBoard Board { get; }

    /// <summary>Connected desks.</summary>
    public GateHub Gates { get; }

    /// <summary>Principals.</summary>
    public AccessBoard AccessBoard { get; }

    /// <summary>Registered desks.</summary>
    public DeskRegistry Registry { get; } = new();

    /// <summary>Feeds in use.</summary>
    public ActiveFeeds ActiveFeeds { get; } = new();

    /// <summary>What climbed.</summary>
    public EscalationBoard Escalations { get; } = new();

    /// <summary>Verdicts.</summary>
    public SupervisorBoard Supervisors { get; } = new();

    /// <summary>Starts every actor of the domain.</summary>
    public static OpsSystem Start(ActorSystem system, OpsStore store, OpsOptions options, KillSwitchServices killSwitch, GateIdentity identity, string region) =>
        new(system, store, options, killSwitch, identity, region);

    /// <summary>Reads one body of NDJSON signals to its end; backpressure reaches the body's reader.</summary>
    /// <param name="body">The lines.</param>
    /// <param name="principal">Who sends. A desk speaks for its own targets only.</param>
    /// <param name="session">Its <c>ActorOps-Session</c>; null: repeats and gaps cannot be recognised.</param>
    /// <param name="firstLine">Number of the first line in that session.</param>
    /// <param name="cancellation">Stops reading.</param>
    public Task<SignalBatchResult> IngestAsync(PipeReader body, Principal principal, string? session, long firstLine, CancellationToken cancellation)
    {
        var source = new SignalSource
        {
            Desk = principal.Roles.Contains(Role.Desk) ? principal.Desk ?? string.Empty : null,
            Principal = (ushort)(principal.Name.GetHashCode(StringComparison.Ordinal) & 0x7FFF | 1),
        };
        var ingest = new SignalIngest(() => _routing.Current, _system.TimeProvider, (desk, _) => _shards.Tell(new ShardHostActor.DeskGap(desk)));
        return ingest.RunAsync(body, source, _sessions, session is null ? null : $"{principal.Name}/{session}", firstLine, cancellation);
    }

    /// <summary>Registers a desk.</summary>
    public Task<DeskReply> RegisterAsync(Desk desk, string by) => AskAsync<DeskReply>(_desks, new DeskCommand.Register(desk, by));

    /// <summary>Switches a feed.</summary>
    public Task<FeedReply> SwitchFeedAsync(FeedCommand.Switch command) => AskAsync<FeedReply>(_feeds, command);

    /// <summary>Adds or revokes a principal.</summary>
    public Task<AccessReply> ChangeAccessAsync(AccessCommand command) => AskAsync<AccessReply>(_access, command);

    /// <summary>Records what was denied.</summary>
    public void Denied(AccessCommand.Deny deny) => _access.Tell(deny);

    /// <summary>Everything a supervisor knows; null for an unknown target.</summary>
    public async Task<SupervisorDetail?> InspectAsync(TargetId target) =>
        await AskAsync<object>(_shards, new ShardHostActor.InspectTarget(target)).ConfigureAwait(false) as SupervisorDetail;

    private Task<T> AskAsync<T>(ActorRef target, object message) => target.Ask<T>(message, AskTimeout, _system.TimeProvider);

    private EventSourcedOptions Store(string grant) => new()
    {
        Journal = _store.Journal,
        Snapshots = _store.Snapshots,
        Token = new FencingToken(grant, _store.Epoch),
    };
}
