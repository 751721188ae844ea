using ActorOps.Client.Wording;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Signals;

namespace ActorOps.Ops.Supervisors.Monitors;

/// <summary>
/// What is known of one target: windows over its signals and the rules on them. No actor, no clock, no side effect: signals and time go
/// in, outcomes come out.
/// </summary>
internal abstract class TargetMonitor(TargetId id, RuleOptions options)
{
    private readonly List<RuleTracker> _rules = [];
    private string? _unknown = "no signal yet";

    public TargetId Id => id;

    public IReadOnlyList<RuleTracker> Rules => _rules;

    public long? LastSignalMs { get; protected set; }

    /// <summary>Signals dropped as repeated or out of order.</summary>
    public long Dropped { get; protected set; }

    /// <summary>Signals whose clock was off.</summary>
    public long Skewed { get; private set; }

    /// <summary>State of the target's scope: cancels made under a control do not count against the fill rate.</summary>
    public TradingState ScopeState { get; set; }

    /// <summary>Worst of the rules; Unknown when an input that must be there is not.</summary>
    public Verdict Verdict =>
        _rules.Exists(static rule => rule.Level == RuleLevel.Critical) ? Verdict.Critical
        : _unknown is not null || _rules.Exists(static rule => rule.Level == RuleLevel.Unknown) ? Verdict.Unknown
        : _rules.Exists(static rule => rule.Level == RuleLevel.Warning) ? Verdict.Warning
        : Verdict.Healthy;

    /// <summary>Why the verdict is not Healthy.</summary>
    public IEnumerable<RuleReading> Reasons
    {
        get
        {
            var reasons = _rules.Where(static rule => rule.Level is RuleLevel.Critical or RuleLevel.Warning or RuleLevel.Unknown).Select(static rule => rule.Read());
            return _unknown is null ? reasons : reasons.Prepend(new RuleReading("input", RuleLevel.Unknown, double.NaN, double.NaN, (long)Options.StaleAfter.TotalMilliseconds, _unknown));
        }
    }

    protected RuleOptions Options => options;

    /// <summary>Takes a signal in.</summary>
    public void On(in Signal signal, List<RuleOutcome> outcomes)
    {
        LastSignalMs = signal.ReceivedMs;
        Skewed += signal.Skewed ? 1 : 0;
        Handle(signal, outcomes);
    }

    /// <summary>Once a second: ages, percentiles, staleness.</summary>
    public abstract void Tick(long nowMs, List<RuleOutcome> outcomes);

    /// <summary>Lines of the target's desk were lost: what counts things cannot be trusted until it has refilled.</summary>
    public virtual void OnGap(long nowMs)
    {
    }

    /// <summary>State worth keeping across a restart; null when there is none.</summary>
    public virtual MonitorCheckpoint? Save(long nowMs, long wallMs) => null;

    /// <summary>Takes kept state back.</summary>
    public virtual void Restore(MonitorCheckpoint checkpoint, long nowMs, long wallMs)
    {
    }

    /// <summary>The trip of a rule was reset.</summary>
    public void Rebase(string rule) => _rules.Find(candidate => candidate.Name == rule)?.Rebase();

    protected abstract void Handle(in Signal signal, List<RuleOutcome> outcomes);

    protected RuleTracker Rule(string name, RuleLimit limit, bool aboveIsBad)
    {
        var rule = new RuleTracker(name, limit, aboveIsBad, options);
        _rules.Add(rule);
        return rule;
    }

    protected static void Add(List<RuleOutcome> outcomes, RuleTracker rule, RuleStep step)
    {
        if (step != RuleStep.None)
        {
            outcomes.Add(new RuleOutcome(rule, step));
        }
    }

    protected static int SourceOf(in Signal signal) => ((int)signal.Type + 1) << 16 | signal.Principal;

    /// <summary>Marks the whole target unknown, or known again with null.</summary>
    protected void Known(string? unknownBecause) => _unknown = unknownBecause;

    /// <summary>Unknown when the age of an input is past the limit or it never came.</summary>
    protected void RequireInput(string name, long? lastMs, long nowMs) => Known(
        lastMs is null ? $"no {name} yet" : nowMs - lastMs > options.StaleAfter.TotalMilliseconds ? $"no {name} for {DurationText.OfMs((nowMs - lastMs).Value / 1000 * 1000)}" : null);
}
