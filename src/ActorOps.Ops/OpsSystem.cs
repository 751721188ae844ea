using System.IO.Pipelines;
using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Persistence;
using ActorOps.Kernel.Supervision;
using ActorOps.Ops.Access;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Emergencies;
using ActorOps.Ops.Escalations;
using ActorOps.Ops.Feeds;
using ActorOps.Ops.Gates;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Procedures;
using ActorOps.Ops.Resets;
using ActorOps.Ops.Rollbacks;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Supervisors;

namespace ActorOps.Ops;

/// <summary>
/// The domain on one node: signals go in by <see cref="IngestAsync"/>, people by <see cref="KillSwitch"/>, <see cref="ChangeAccessAsync"/> and
/// <see cref="SwitchFeedAsync"/>, desks by <see cref="Gates"/>. Reads come from boards in memory, which follow the journal on every node. Which singletons
/// and shards run here is not decided here: <see cref="Singletons"/> and <see cref="RunShardAsync"/> are told.
/// </summary>
public sealed class OpsSystem
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GiveWithin = TimeSpan.FromSeconds(8);
    private readonly ActorSystem _system;
    private readonly OpsStore _store;
    private readonly IPeers _peers;
    private readonly Rules.RuleOptions _rules;
    private readonly OpsProjections _projections;
    private readonly FeedFollower _follower;
    private readonly SignalRouting _routing = new();
    private readonly SignalSessions _sessions = new();
    private readonly SignalForwarder _forwarder;
    private readonly ActorRef _shards;
    private readonly NoticeDelivery _notices;
    private bool _hasLostEvents;

    private OpsSystem(ActorSystem system, OpsStore store, OpsOptions options, KillSwitchServices killSwitch, GateIdentity identity, IPeers peers)
    {
        (_system, _store, _peers, _rules) = (system, store, peers, options.Rules);
        var log = system.LoggerFactory.CreateLogger("ActorOps.Ops");
        AccessBoard = new AccessBoard(system.TimeProvider);
        Board = killSwitch.Board;
        killSwitch.Cleared = cleared => system.EventStream.Publish(new TripsCleared(cleared));
        WhenReady = killSwitch.WhenReady;
        _projections = new OpsProjections(system, killSwitch, AccessBoard, Registry, ActiveFeeds, Escalations);
        var limits = new Rules.LimitsGuard(options.Rules);
        killSwitch.IsVoid = reset => Approvals.StandingRequest.WhyVoid(_projections.Access.State, reset, system.TimeProvider.GetUtcNow()) is not null;
        _projections.Limits.Changed = (_, state) => limits.Apply(state);
        _follower = new FeedFollower(store.Journal, () => _projections.All, _projections.Find);
        _forwarder = new SignalForwarder(peers, system.TimeProvider, NoteGap, log);
        Reports = new SupervisionReports(Board, Supervisors, identity.Node, system.TimeProvider) { Ours = () => _routing.Current.All.Where(target => peers.OwnerOf(target.Shard) is { IsHere: true }).Select(target => target.Id) };
        _notices = new NoticeDelivery(store.Outbox, log);
        var escalations = system.ActorOf(Props.Create(() => new EscalationRelayActor(peers, log)), "escalations");
        var recorder = system.ActorOf(Props.Create(() => new TripRecorderActor(store.Journal, killSwitch)), "trip-recorder");
        KillSwitch = new KillSwitch(killSwitch, recorder, peers, system.TimeProvider);
        var emergency = new EmergencyServices(KillSwitch, options.Outside.Brokers, Registry, (kind, subject) => KillSwitch.Changes.FirstOrDefault(change => change.Kind == kind && change.Subject == subject), system.TimeProvider);
        var rollback = new RollbackServices(emergency, options.Outside.Models, options.Outside.Rollback, options.Outside.KillSwitchFile, options.Outside.ConfigDirectory);
        var procedures = new ProcedureKinds([new EmergencyKind(emergency), new RollbackKind(rollback)]);
        Procedures = new ProcedureDesk(procedures, () => _projections.Procedures.State, peers, system.TimeProvider, log);
        var watch = new ScopeWatch(Registry, ActiveFeeds, _routing, Supervisors, Reports, peers);
        var facts = new ResetFacts(watch, options.Outside.Brokers, emergency.Scopes, system.TimeProvider);
        Singletons = new OpsSingletons(system, store, options, _projections, new SingletonParts(Registry, facts, escalations, procedures, limits, log));
        Gates = new GateHub(killSwitch, Registry, store.Outbox, options.Gate, identity);
        Reports.Connected = () => Gates.Sessions.Select(session => session.Desk);
        var services = new SupervisorServices(KillSwitch, killSwitch.Board, Registry, Supervisors, options.Rules)
        {
            ActiveFeeds = ActiveFeeds,
            FeedSwitch = peers.Singleton("feeds"),
            Escalations = escalations,
            Rollback = options.Outside.Rollback.Automatic ? BeginRollback : null,
            Checkpoints = system.ActorOf(Props.Create(() => new CheckpointActor(store.Snapshots, log)), "checkpoints"),
            Peers = peers,
            Reports = Reports,
        };
        _shards = system.ActorOf(Props.Create(() => new ShardHostActor(services, _routing, store.Journal, log)), "shards");
    }

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

    /// <summary>Emergencies and rollbacks.</summary>
    public ProcedureDesk Procedures { get; }

    /// <summary>Connected desks.</summary>
    public GateHub Gates { get; }

    /// <summary>Principals.</summary>
    public AccessBoard AccessBoard { get; }

    /// <summary>Registered desks.</summary>
    public DeskRegistry Registry { get; } = new();

    /// <summary>
    /// Null when a scope is known, now or formerly, and while what was stored is not known again: then nobody can say. Else the scope stops nothing, and these may
    /// have been meant.
    /// </summary>
    public UnknownScope? Unknown(Scope scope) => WhenReady.IsCompletedSuccessfully ? ScopeSuggestions.For(Registry.EverKnown, scope) : null;

    /// <summary>Feeds in use.</summary>
    public ActiveFeeds ActiveFeeds { get; } = new();

    /// <summary>What climbed.</summary>
    public EscalationBoard Escalations { get; } = new();

    /// <summary>Limits on record, in force or proposed.</summary>
    public Rules.LimitsState Limits => _projections.Limits.State;

    /// <summary>The latch could not be written.</summary>
    public bool IsLatchBroken => _projections.KillSwitch.Latch.IsBroken;

    /// <summary>Trips in force here that the store does not have.</summary>
    public int UnstoredTrips => _projections.KillSwitch.Known is var known ? Board.Current.Standing.Count(trip => !known.Trips.ContainsKey(trip.TripId)) : 0;

    /// <summary>Why messages to people cannot be delivered; null: they can.</summary>
    public string? NoticesWait => _notices.Waits;

    /// <summary>Verdicts of the targets that are supervised here.</summary>
    public SupervisorBoard Supervisors { get; } = new();

    /// <summary>What other nodes' supervisors hold.</summary>
    public SupervisionReports Reports { get; }

    /// <summary>Singletons of this node.</summary>
    public OpsSingletons Singletons { get; }

    /// <summary>Host of this node's shards, for messages from other nodes.</summary>
    public ActorRef ShardHost => _shards;

    /// <summary>Every event of the journal as it comes by, from <see cref="RecoverAsync"/> on.</summary>
    public Action<JournalRecord>? Recorded
    {
        get => _follower.Recorded;
        set => _follower.Recorded = value;
    }

    /// <summary>Starts every actor of the node that needs no grant.</summary>
    public static OpsSystem Start(ActorSystem system, OpsStore store, OpsOptions options, KillSwitchServices killSwitch, GateIdentity identity, IPeers peers) =>
        new(system, store, options, killSwitch, identity, peers);

    /// <summary>Reads what is stored and merges the latch with it; completes <see cref="WhenReady"/>.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    public async Task RecoverAsync(IEnumerable<string> regions, CancellationToken cancellation = default)
    {
        foreach (var region in regions)
        {
            _projections.Escalations(region);
        }

        await _follower.StartAsync(cancellation).ConfigureAwait(false);
        _projections.KillSwitch.SetReady();
    }

    /// <summary>Takes in what is new in the journal; the number of events.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read; call again.</exception>
    public async Task<int> FollowAsync(CancellationToken cancellation = default) => await _follower.FollowAsync(cancellation).ConfigureAwait(false);

    /// <summary>
    /// Reads everything again from a store that another one has replaced: clears that it does not have did not happen. True when it has lost events that
    /// were known here.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read; call again.</exception>
    public async Task<bool> ReloadAsync(CancellationToken cancellation = default)
    {
        foreach (var projection in _projections.All)
        {
            // Kept over a failure in the middle: at the next try this one has nothing to lose any more.
            _hasLostEvents |= await projection.ReloadAsync(_store.Journal, cancellation).ConfigureAwait(false);
        }

        var known = _projections.KillSwitch.Known;
        Board.Reload(known.Trips.Values, known.Cleared);
        var hasLost = _hasLostEvents;
        _hasLostEvents = false;
        return hasLost;
    }

    /// <summary>Supervises a shard's targets under its grant until it is cancelled; then its supervisors stop and what they know is written down.</summary>
    public async Task RunShardAsync(FencingToken token, CancellationToken cancellation)
    {
        _shards.Tell(new ShardCommand.Take(token));
        await Task.Delay(Timeout.InfiniteTimeSpan, _system.TimeProvider, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task given = _shards.Ask<ShardGiven>(new ShardCommand.Give(token.Grant), GiveWithin, _system.TimeProvider, CancellationToken.None);
        await given.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Reads one body of NDJSON signals to its end; backpressure reaches the body's reader.</summary>
    /// <param name="body">The lines.</param>
    /// <param name="principal">Who sends. A desk speaks for its own targets only.</param>
    /// <param name="header">What it says of the batch.</param>
    /// <param name="cancellation">Stops reading.</param>
    public Task<SignalBatchResult> IngestAsync(PipeReader body, Principal principal, SignalBatchHeader header, CancellationToken cancellation)
    {
        var source = new SignalSource
        {
            Desk = principal.Roles.Contains(Role.Desk) ? principal.Desk ?? string.Empty : null,
            Principal = (ushort)(principal.Name.GetHashCode(StringComparison.Ordinal) & 0x7FFF | 1),
            ClockAheadMs = header.SentAt is { } sent ? (long)(sent - _system.TimeProvider.GetUtcNow()).TotalMilliseconds : null,
        };
        var ingest = new SignalIngest(() => _routing.Current, _system.TimeProvider, (desk, _) => NoteGap(desk), new SignalParcels(source, _forwarder));
        return ingest.RunAsync(body, source, _sessions, header.Session is null ? null : $"{principal.Name}/{header.Session}", header.FirstLine, cancellation);
    }

    /// <summary>Takes lines that another node has received for a shard. False when the shard is not supervised here: the sender must look again.</summary>
    public async Task<bool> AcceptAsync(SignalParcel parcel, CancellationToken cancellation)
    {
        if (!_routing.Current.HasShard(parcel.Shard))
        {
            return false;
        }

        var source = new SignalSource
        {
            Desk = parcel.Sender.Desk,
            Principal = (ushort)parcel.Sender.Principal,
            ClockAheadMs = parcel.Sender.ClockAheadMs,
            ReceivedElsewhereMs = parcel.Sender.ReceivedAtMs,
        };
        var ingest = new SignalIngest(() => _routing.Current, _system.TimeProvider, static (_, _) => { }) { OnlyShard = parcel.Shard };
        await ingest.RunAsync(PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(parcel.Lines)), source, _sessions, null, 0, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Once a second: what desks have not acknowledged is repeated, overrides end, notices leave.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        _projections.KillSwitch.RefreshOverrides(_system.TimeProvider.GetUtcNow());
        await Gates.TickAsync().ConfigureAwait(false);
        await _notices.DeliverAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>A rollback that a rule's trip begins: one for each trip.</summary>
    private void BeginRollback(Trip trip)
    {
        var id = Notice.IdOf(trip.TripId, ProcedureNames.Rollback);
        _ = Procedures.InsistAsync(new Procedure(id, ProcedureNames.Rollback, trip.Scope, trip.Reason, trip.Principal, trip.Person, _system.TimeProvider.GetUtcNow())
        {
            Arguments = new Dictionary<string, string> { [ProcedureNames.TripId] = trip.TripId.ToString() },
        });
    }

    /// <summary>Tries to deliver signals that wait for somebody to take their shard.</summary>
    public Task RetrySignalsAsync(CancellationToken cancellation) => _forwarder.RetryAsync(cancellation);

    /// <summary>
    /// Registers a desk; what counts at once is known on this node when this is answered, and what loosens a limit waits for two people.
    /// </summary>
    /// <param name="desk">The desk as it is to be.</param>
    /// <param name="by">Name of the credential.</param>
    /// <param name="person">The person behind it, who does not approve what waits.</param>
    /// <param name="isConfiguration">This node's configuration says it.</param>
    public async Task<DeskReply> RegisterAsync(Desk desk, string by, string? person = null, bool isConfiguration = false)
    {
        var reply = await AskAsync<DeskReply>(_peers.Singleton("desks"), new DeskCommand.Register(desk, by, isConfiguration)).ConfigureAwait(false);
        if (reply is not DeskReply.Registered registered)
        {
            return reply;
        }

        await _projections.Desks.ReachedAsync(registered.SequenceNumber).WaitAsync(AskTimeout, _system.TimeProvider).ConfigureAwait(false);

        // The host of the shards was told by then, and its answer comes after it has told ingest: the desk's first signals find their targets.
        await AskAsync<ShardCommand.Sync>(_shards, new ShardCommand.Sync()).ConfigureAwait(false);
        return registered.Waiting is { } waiting ? registered with { ChangeId = await ProposeAsync(waiting, by, person ?? by).ConfigureAwait(false) } : registered;
    }

    /// <summary>The change that two people approve. One that cannot be put before them now is asked for again with the desk's next hello.</summary>
    private async Task<Guid?> ProposeAsync(DeskProposal proposal, string by, string person)
    {
        try
        {
            var reply = await KillSwitch.ProposeDeskAsync(proposal.Desk.Id, proposal.Hash, $"desk {proposal.Desk.Id}: {string.Join("; ", proposal.Changes)}", by, person).ConfigureAwait(false);
            return (reply as ChangeReply.Stands)?.Change.ChangeId;
        }
        catch (Exception reason) when (reason is AskTimeoutException or UndeliveredException)
        {
            return null;
        }
    }

    /// <summary>Switches a feed.</summary>
    public Task<FeedReply> SwitchFeedAsync(FeedCommand.Switch command) => AskAsync<FeedReply>(_peers.Singleton("feeds"), command);

    /// <summary>
    /// Asks another person to agree to a principal with the role risk or admin. It is added within a second of the approval. Only where the kill switch's singleton runs.
    /// </summary>
    public Task<Changes.ChangeReply> RequestAccessAsync(Principal by, Principal asked, string reason) => KillSwitch.RequestChangeAsync(
        by, Changes.ChangeKinds.Access, asked.Name, AccessText.Of(asked), System.Text.Json.JsonSerializer.Serialize(asked, AccessJson.Default.Principal), reason, null);

    /// <summary>Adds or revokes a principal, or records a change of a node.</summary>
    public Task<AccessReply> ChangeAccessAsync(AccessCommand command) => AskAsync<AccessReply>(_peers.Singleton("access"), command);

    /// <summary>Records what was denied.</summary>
    public void Denied(AccessCommand.Deny deny) => _peers.Singleton("access").Tell(deny);

    /// <summary>Everything a supervisor of this node knows; null when there is none of the target here.</summary>
    public async Task<SupervisorDetail?> InspectAsync(TargetId target) =>
        await AskAsync<object>(_shards, new ShardHostActor.InspectTarget(target)).ConfigureAwait(false) as SupervisorDetail;

    /// <summary>Every target of every registered desk with its desk and its shard.</summary>
    public IEnumerable<(TargetId Id, string Desk, string Shard)> Targets => _routing.Current.All.Select(target => (target.Id, target.Desk, target.Shard));

    /// <summary>The shard of a target, scopes included; null when there is no such target.</summary>
    public string? ShardOf(TargetId target) => SupervisorPlan.For(Registry, _rules, _peers.ShardOf).Find(plan => plan.Target == target)?.Shard;

    /// <summary>Lines of a desk's signals are lost: tells every supervisor of its targets, wherever that is.</summary>
    public void NoteGap(string desk)
    {
        foreach (var host in _routing.Current.All.Where(target => target.Desk == desk).Select(target => _peers.HostOf(target.Shard)).Distinct())
        {
            host.Tell(new DeskGap(desk));
        }
    }

    private Task<T> AskAsync<T>(ActorRef target, object message) => target.Ask<T>(message, AskTimeout, _system.TimeProvider);
}
