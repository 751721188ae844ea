using ActorOps.Client.Wording;
using ActorOps.Cluster.Leases;
using ActorOps.Kernel.Actors;
using ActorOps.Ops.Gates;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Situations;
using ActorOps.Server.Http.Api;

namespace ActorOps.Server.Hosting;

/// <summary>How things stand, as this node knows it: gathers the facts from memory, at any time and without asking anybody.</summary>
internal sealed class SituationWatch(NodeServices services)
{
    private static readonly TimeSpan UsualApproverAge = TimeSpan.FromHours(24);
    private readonly SituationTracker _tracker = new();

    /// <summary>Called when the word has changed: the one before, and the new situation.</summary>
    public Action<string, Situation>? Changed
    {
        get => _tracker.Changed;
        set => _tracker.Changed = value;
    }

    /// <summary>The situation now.</summary>
    public Situation Read() => Read(Facts());

    /// <summary>The situation of facts that were just gathered.</summary>
    public Situation Read(SituationFacts facts) => _tracker.Observe(facts);

    /// <summary>What it is made of.</summary>
    public SituationFacts Facts()
    {
        var (ops, options) = (services.Ops, services.Configuration.Options.KillSwitch);
        var states = ops.Board.Current;
        var isReady = ops.WhenReady.IsCompletedSuccessfully;
        return new SituationFacts(services.Identity.Node, services.Now)
        {
            IsReady = isReady,
            TrustEndedAt = services.Cluster.TrustEndedAgo is { } ago ? services.Now - ago : null,
            IsLatchBroken = ops.IsLatchBroken,
            LatchPath = Path.Combine(services.Directory.Path, "trips.latch"),
            Stopped = [.. services.System.Tree().Children.Where(actor => actor.State is not CellState.Running and not CellState.Starting).Select(actor => $"{actor.Path} is {actor.State}: {actor.LastFailure}")],
            Unheld = Unheld(),
            Nodes = [.. ClusterApi.Members(services).Where(member => member.State != "Removed").Select(member => new NodeFact(member.Node, member.State, TimeSpan.FromMilliseconds(member.LastHeartbeatAgeMs)))],
            Desks = Desks(),
            Targets = [.. Targets()],
            TargetCount = ops.Targets.Count(),
            States = states,
            Reasons = states.Standing.ToDictionary(trip => trip.TripId, ops.KillSwitch.ReasonOf),
            UnstoredTrips = isReady ? ops.UnstoredTrips : 0,
            OutboxWaits = ops.NoticesWait,
            Resets = ops.KillSwitch.OpenResets,
            Changes = ops.KillSwitch.Changes,
            Proposed = ops.Limits.Proposed,
            Drills = [.. Drills(options)],
            Recovery = options,
        };
    }

    /// <summary>Settings that one must not overlook, in words.</summary>
    public static IEnumerable<string> Drills(Ops.KillSwitches.KillSwitchOptions options)
    {
        if (options.ApproverMinimumAge < UsualApproverAge)
        {
            yield return options.ApproverMinimumAge <= TimeSpan.Zero ? "new approvers may approve at once" : $"new approvers may approve after {DurationText.Of(options.ApproverMinimumAge)} instead of 24 h";
        }

        if (!options.OneTimeCodes)
        {
            yield return "approvals need no one-time code";
        }
    }

    private IReadOnlyList<string> Unheld()
    {
        var free = services.Cluster.Node.View.Grants.Where(grant => grant.Phase == GrantPhase.Free && !grant.Name.StartsWith("shard/", StringComparison.Ordinal)).Select(grant => grant.Name);
        return [.. (services.Cluster.Peers.Grants.HolderOf("kill-switch") is null ? free.Append("kill-switch") : free).Distinct().Order(StringComparer.Ordinal)];
    }

    private IReadOnlyList<DeskFact> Desks()
    {
        var connected = services.Ops.Reports.ConnectedDesks;
        var sessions = services.Ops.Gates.Sessions.ToLookup(session => session.Desk);
        return [.. services.Ops.Registry.Desks.OrderBy(desk => desk.Id, StringComparer.Ordinal).Select(desk => new DeskFact(desk.Id, connected.Contains(desk.Id), !sessions[desk.Id].Any() || sessions[desk.Id].Any(HasPermit)))];
    }

    /// <summary>A session that has just begun has until the end of a first permit to get one.</summary>
    private bool HasPermit(GateSession session) => services.NowMs - (session.LastPermitMs ?? session.OpenedMs) <= services.Configuration.Options.Gate.ValidForMs + (session.LastPermitMs is null ? services.Configuration.Options.Gate.ValidForMs : 0);

    /// <summary>Targets that are not healthy: those of this node from their supervisors, those of others from their reports.</summary>
    private IEnumerable<TargetFact> Targets()
    {
        foreach (var summary in services.Ops.Supervisors.All.Where(summary => summary.Verdict != Verdict.Healthy))
        {
            yield return new TargetFact(summary.Target, summary.Verdict, summary.Reasons.Count > 0 ? RuleText.Of(summary.Reasons[0]) : "no reason given") { Desk = summary.Desk };
        }

        foreach (var (target, desk, shard) in services.Ops.Targets.Where(target => services.Ops.Supervisors.Find(target.Id) is null))
        {
            var owner = services.Cluster.Peers.OwnerOf(shard);
            var isElsewhere = owner is { IsHere: false };
            var known = isElsewhere ? services.Ops.Reports.TroubleOf(target, owner!.Node) : null;
            if (isElsewhere && known is null)
            {
                continue;
            }

            yield return new TargetFact(target, known?.Verdict ?? Verdict.Unknown, Why(owner, known, services.Cluster.TrustEndedAgo is null)) { Desk = desk };
        }
    }

    private static string Why(Ops.Peers.ShardOwner? owner, Ops.Peers.TargetTrouble? trouble, bool isTrusted) =>
        trouble is { Rules.Count: > 0 } ? $"{string.Join(", ", trouble.Rules)} ({owner!.Node} supervises it)"
        : owner is null ? "no node supervises it"
        : owner.IsHere ? isTrusted ? "its supervisor is starting" : "its supervisor has stopped, because this node is not trusted"
        : $"{owner.Node}, which supervises it, does not report";
}
