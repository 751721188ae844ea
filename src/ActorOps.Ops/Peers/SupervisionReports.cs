using System.Collections.Concurrent;
using ActorOps.Kernel.Scheduling;
using ActorOps.Ops.Desks;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Supervisors;

namespace ActorOps.Ops.Peers;

/// <summary>
/// Makes this node's report and keeps those of the others. Holds are of the present and stand in no journal; so a node that is not heard of any more
/// leaves its last holds in force, until another one supervises in its place.
/// </summary>
public sealed class SupervisionReports(KillSwitchBoard board, SupervisorBoard supervisors, string node, TimeProvider time)
{
    private const long HeardMs = 5000;
    private readonly ConcurrentDictionary<string, (long HeardMs, SupervisionReport Report)> _others = new(StringComparer.Ordinal);

    private long NowMs => time.GetMilliseconds();

    /// <summary>Targets that should be supervised here: one without a supervisor is unknown.</summary>
    internal Func<IEnumerable<TargetId>> Ours { get; set; } = static () => [];

    /// <summary>Desks that are connected here.</summary>
    internal Func<IEnumerable<string>> Connected { get; set; } = static () => [];

    /// <summary>Desks that are connected to this node, or were to another one when it last reported, not long ago.</summary>
    public IReadOnlySet<string> ConnectedDesks =>
        Connected().Concat(_others.Values.Where(other => NowMs - other.HeardMs < HeardMs).SelectMany(other => other.Report.Desks)).ToHashSet(StringComparer.Ordinal);

    /// <summary>This node's report.</summary>
    public SupervisionReport Make(long incarnation)
    {
        var troubled = supervisors.All.Select(TargetTrouble.Of).OfType<TargetTrouble>()
            .Concat(Ours().Where(target => supervisors.Find(target) is null).Select(TargetTrouble.Unseen))
            .Take(SupervisionReport.MostTroubled + 1)
            .ToList();
        var now = NowMs;
        var feeds = supervisors.All.Where(summary => summary is { Target.Kind: TargetKind.Feed, LastSignalMs: not null })
            .ToDictionary(summary => summary.Target.Id, summary => now - summary.LastSignalMs!.Value);
        return new SupervisionReport(node, incarnation, [.. board.LocalHolds.Where(hold => !hold.Cause.StartsWith(SupervisionWatch.CausePrefix, StringComparison.Ordinal))], feeds)
        {
            Desks = [.. Connected().Distinct()],
            Troubled = [.. troubled.Take(SupervisionReport.MostTroubled)],
            IsCut = troubled.Count > SupervisionReport.MostTroubled,
        };
    }

    /// <summary>Takes another node's report.</summary>
    public void Accept(SupervisionReport report)
    {
        _others[report.Node] = (NowMs, report);
        board.ReplaceHolds(report.Node, report.Holds);
    }

    /// <summary>A node holds nothing any more: others supervise in its place.</summary>
    public void Forget(string gone)
    {
        if (_others.TryRemove(gone, out _))
        {
            board.ReplaceHolds(gone, []);
        }
    }

    /// <summary>What a node last said of a target; null: nothing bad.</summary>
    internal TargetTrouble? TroubleOf(TargetId target, string owner) =>
        !_others.TryGetValue(owner, out var known) || known.Report.IsCut ? TargetTrouble.Unseen(target)
        : known.Report.Troubled.FirstOrDefault(trouble => trouble.Kind == target.Kind && trouble.Id == target.Id);

    /// <summary>The same from the node that has it.</summary>
    internal TargetTrouble? TroubleOf(TargetId target) => _others.Values.SelectMany(other => other.Report.Troubled).FirstOrDefault(trouble => trouble.Kind == target.Kind && trouble.Id == target.Id);

    /// <summary>Nodes that have reported.</summary>
    public IReadOnlyCollection<string> Nodes => [.. _others.Keys];

    /// <summary>Time since a node's last report; null without one.</summary>
    public TimeSpan? SilenceOf(string other) => _others.TryGetValue(other, out var known) ? TimeSpan.FromMilliseconds(NowMs - known.HeardMs) : null;

    /// <summary>When a feed last ticked, on this node's clock, ms; null when nobody knows.</summary>
    public long? LastTickMs(string feed)
    {
        if (supervisors.Find(new TargetId(TargetKind.Feed, feed)) is { } here)
        {
            return here.LastSignalMs;
        }

        var seen = _others.Values.Where(other => other.Report.Feeds.ContainsKey(feed)).Select(other => (long?)(other.HeardMs - other.Report.Feeds[feed]));
        return seen.Max();
    }
}
