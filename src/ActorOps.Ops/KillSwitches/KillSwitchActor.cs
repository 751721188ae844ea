using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Resets;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.KillSwitches;

/// <summary>The journalled singleton: alone decides what adds risk back. Trips need it for nothing.</summary>
internal sealed class KillSwitchActor(EventSourcedOptions store, KillSwitchServices services, Projection<AccessState, AccessEvent> access, IResetFacts facts, ActorRef escalations)
    : ProjectedActor<KillSwitchState, KillSwitchEvent>(store, services.Decisions)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskFor = TimeSpan.FromMinutes(2);
    private const string Path = "/engineering/admin";
    private readonly HashSet<Guid> _asked = [];

    private DateTimeOffset Now => Context.System.TimeProvider.GetUtcNow();

    private KillSwitchState Known => KillSwitchState.Merge(State, services.Trips.State);

    protected override async ValueTask Recovered()
    {
        await base.Recovered().ConfigureAwait(false);
        Context.Timers.StartPeriodic("tick", new Tick(), Interval);
    }

    protected override async ValueTask ReceiveCommand(object message)
    {
        switch (message)
        {
            case Tick:
                await AdvanceAsync().ConfigureAwait(false);
                break;
            case ChangeCommand.Request { Kind: ChangeKinds.Override, By.MayAskForRisk: true } asked when NotHeld(asked) is { } problem:
                Sender.Tell(new ChangeReply.Rejected("not-held", problem));
                break;
            case ChangeCommand asked:
                await ChangeAsync(asked).ConfigureAwait(false);
                break;
            case KillSwitchCommand.RequestReset or KillSwitchCommand.Sign or KillSwitchCommand.Judge or KillSwitchCommand.ApproveReset or KillSwitchCommand.GiveReason:
                // Trips come from everywhere: what is decided on is what the store has now.
                await services.Trips.CatchUpAsync(Journal).ConfigureAwait(false);
                var (events, reply) = await DecideAsync((KillSwitchCommand)message).ConfigureAwait(false);
                await PersistAsync(NewId(), events).ConfigureAwait(false);
                foreach (var approved in events.OfType<KillSwitchEvent.ResetApproved>())
                {
                    KillSwitchLog.ResetApproved(services.Log, approved.ResetId, approved.Principal, string.Join(", ", approved.TripIds));
                }

                Sender.Tell(reply is KillSwitchReply.ResetWaiting waiting ? waiting with { Checks = await ChecksAsync(waiting.Request).ConfigureAwait(false) } : reply);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private async ValueTask ChangeAsync(ChangeCommand asked)
    {
        if (asked is ChangeCommand.Approve approve)
        {
            var change = State.Changes.GetValueOrDefault(approve.ChangeId);
            var approval = await FreshAsync(approve.Approval, change?.Principal).ConfigureAwait(false);
            if (change is not null && StandingRequest.WhyVoid(access.State, change, Now) is { } why)
            {
                Sender.Tell(new ChangeReply.Rejected(StandingRequest.Code, why));
                return;
            }

            asked = approve with { Approval = approval with { AdminSuffices = change?.Kind == ChangeKinds.Access && !HasRisk(change.Person) } };
        }

        var (changes, answer) = ChangeDecider.Decide(State, asked, services.Options, NewId, Now);
        await PersistAsync(NewId(), changes).ConfigureAwait(false);
        Sender.Tell(answer);
    }

    /// <summary>Whether anybody but this person could approve as risk.</summary>
    private bool HasRisk(string person) => access.State.Principals.Values.Any(known => known.MayAddRisk && known.IsLiving(Now) && !PersonId.Same(known.Person, person));

    private async Task<(IReadOnlyList<KillSwitchEvent> Events, KillSwitchReply Reply)> DecideAsync(KillSwitchCommand command)
    {
        if (command is KillSwitchCommand.Sign or KillSwitchCommand.ApproveReset or KillSwitchCommand.Judge)
        {
            await access.CatchUpAsync(Journal).ConfigureAwait(false);
            var id = command switch { KillSwitchCommand.Sign sign => sign.ResetId, KillSwitchCommand.ApproveReset approve => approve.ResetId, _ => ((KillSwitchCommand.Judge)command).ResetId };
            if (State.Resets.TryGetValue(id, out var reset) && StandingRequest.WhyVoid(access.State, reset, Now) is { } why)
            {
                return ([], new KillSwitchReply.Rejected(StandingRequest.Code, why));
            }
        }

        return await DecideStandingAsync(command).ConfigureAwait(false);
    }

    private async Task<(IReadOnlyList<KillSwitchEvent> Events, KillSwitchReply Reply)> DecideStandingAsync(KillSwitchCommand command) => command switch
    {
        KillSwitchCommand.RequestReset request => KillSwitchDecider.RequestReset(Known, request, services.Options, NewId(), Now),
        KillSwitchCommand.Sign sign => KillSwitchDecider.Sign(State, sign, await ChecksAsync(sign.ResetId).ConfigureAwait(false), Now),
        KillSwitchCommand.Judge judge when State.Resets.TryGetValue(judge.ResetId, out var open) => ([], new KillSwitchReply.ResetWaiting(open, [])),
        KillSwitchCommand.Judge judge => ([], new KillSwitchReply.Rejected("unknown-reset", $"there is no open reset {judge.ResetId}")),
        KillSwitchCommand.ApproveReset approve => KillSwitchDecider.ApproveReset(Known, approve with { Approval = await FreshAsync(approve.Approval, State.Resets.GetValueOrDefault(approve.ResetId)?.Principal).ConfigureAwait(false) }, await ChecksAsync(approve.ResetId).ConfigureAwait(false), services.Options, NewId, services.Node, Now),
        KillSwitchCommand.GiveReason reason => KillSwitchDecider.GiveReason(Known, reason, Now),
        _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
    };

    /// <summary>An override of what is not there would be approved by two persons and do nothing. Null: it is there, or the request is wrong in another way.</summary>
    private string? NotHeld(ChangeCommand.Request asked) => Scope.TryParse(asked.Subject, out var scope) && asked.Argument is { Length: > 0 } cause && !cause.StartsWith("trip:", StringComparison.Ordinal)
        && services.Board.CausesOf(scope) is var causes && !causes.Contains(cause)
            ? $"{scope} is not held for '{SafeText.Clean(cause, 100)}' now; {(causes.Count == 0 ? "it is not held at all" : $"it is held for {string.Join(", ", causes)}")}: see actorops kill status"
            : null;

    /// <summary>Who approves and who asked, as the store has them now: one who was revoked a moment ago, or has expired, has no role any more.</summary>
    private async Task<Approval> FreshAsync(Approval approval, string? requester)
    {
        await access.CatchUpAsync(Journal).ConfigureAwait(false);
        var by = access.State.Principals.Values.FirstOrDefault(known => known.TokenHash == approval.By.TokenHash && known.IsLiving(Now));
        return approval with { By = by ?? approval.By with { Roles = [] }, Requester = requester is null ? null : access.State.Principals.GetValueOrDefault(requester) };
    }

    private async Task<IReadOnlyList<ResetCheck>> ChecksAsync(Guid resetId) => State.Resets.TryGetValue(resetId, out var request) ? await ChecksAsync(request).ConfigureAwait(false) : [];

    private async Task<IReadOnlyList<ResetCheck>> ChecksAsync(ResetRequest request)
    {
        var known = Known.Trips;
        var trips = request.TripIds.Where(known.ContainsKey).Select(id => known[id]).ToList();
        return trips.Count == 0 ? [] : await ResetChecklist.EvaluateAsync(StandingRequest.Living(access.State, request, Now), trips, facts, Known, services.Options, Now).ConfigureAwait(false);
    }

    /// <summary>By the clock: steps of recoveries, ends of changes, and a question after trips that nobody has explained.</summary>
    private async ValueTask AdvanceAsync()
    {
        var known = Known;
        IReadOnlyList<KillSwitchEvent> events = [.. RecoveryLadder.Decide(known, facts, services.Options, NewId, Now), .. ChangeDecider.Expired(State, Now), .. Settled()];
        await PersistAsync(NewId(), events).ConfigureAwait(false);
        foreach (var fell in events.OfType<KillSwitchEvent.RecoveryFellBack>())
        {
            escalations.Tell(new Escalations.Escalation(fell.Next.Scope.ToString(), Path, "P1", "recovery", $"{fell.Next.Scope} fell back to REDUCE_ONLY: {fell.Why}"));
        }

        foreach (var trip in known.Trips.Values.Where(trip => trip.Reason.Length == 0 && !known.Reasons.ContainsKey(trip.TripId) && IsLate(trip) && _asked.Add(trip.TripId)))
        {
            escalations.Tell(new Escalations.Escalation(trip.Scope.ToString(), Path, "P2", "reason", $"trip {trip.TripId} by {trip.Principal} has no reason yet: actorops kill reason {trip.TripId} --reason ..."));
        }
    }

    /// <summary>Requests of persons who were revoked, and grants that have been carried out.</summary>
    private IEnumerable<KillSwitchEvent> Settled() => from change in State.Changes.Values
                                                      let why = access.State.Applied.Contains(change.ChangeId) ? "done" : change.ExpiresAt > Now ? StandingRequest.WhyVoid(access.State, change, Now) : null
                                                      where why is not null && (change.EndsAt is not { } end || end > Now)
                                                      select new KillSwitchEvent.ChangeEnded(change.ChangeId, "kill-switch", "kill-switch", why, Now);

    /// <summary>For a while only: a node that takes over does not ask again after old ones.</summary>
    private bool IsLate(Trip trip) => Now - trip.RaisedAt is var age && age > services.Options.ReasonWithin && age < services.Options.ReasonWithin + AskFor;

    private Guid NewId() => Guid.CreateVersion7(Now);

    private sealed record Tick;
}
