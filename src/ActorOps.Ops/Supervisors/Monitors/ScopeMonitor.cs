using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Signals;

namespace ActorOps.Ops.Supervisors.Monitors;

/// <summary>A scope above strategies: the sum of their P&amp;L against its own AUM. Unknown while a member is.</summary>
internal sealed class ScopeMonitor : TargetMonitor
{
    private readonly PnlRules _pnl;
    private readonly Dictionary<string, (long? LastMs, long Day, double Cumulative)> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Day, double Cumulative)> _left = new(StringComparer.Ordinal);

    public ScopeMonitor(TargetId id, double aum, IEnumerable<string> strategies, RuleOptions options)
        : base(id, options)
    {
        _pnl = new PnlRules(
            Rule(RuleNames.HourlyPnl, options.HourlyPnl, aboveIsBad: false),
            Rule(RuleNames.DailyPnl, options.DailyPnl, aboveIsBad: false),
            Rule(RuleNames.Drawdown, options.Drawdown, aboveIsBad: true),
            aum);
        foreach (var strategy in strategies)
        {
            _members[strategy] = (null, 0, 0);
        }
    }

    /// <summary>Strategies that have left count with their last figure until the day ends, so that to leave forgives nothing; new ones are unknown until they speak.</summary>
    public void SetMembers(double aum, IReadOnlyList<string> strategies)
    {
        _pnl.Aum = aum;
        foreach (var gone in _members.Keys.Except(strategies).ToList())
        {
            _members.Remove(gone, out var last);
            if (last.Day > 0)
            {
                _left[gone] = (last.Day, last.Cumulative);
            }
        }

        foreach (var strategy in strategies)
        {
            if (!_members.ContainsKey(strategy))
            {
                _members[strategy] = _left.Remove(strategy, out var before) ? (null, before.Day, before.Cumulative) : (null, 0, 0);
            }
        }
    }

    /// <summary>Takes a member's figure. The sum is of the latest day; a member that has not rolled yet counts with zero for it.</summary>
    public void Contribute(string strategy, long day, double cumulative, long nowMs, List<RuleOutcome> outcomes)
    {
        if (!_members.TryGetValue(strategy, out var known))
        {
            // On its way when the strategy left; its last figure stays.
            return;
        }

        LastSignalMs = nowMs;
        if (known is { LastMs: null, Day: 0 })
        {
            _pnl.Join(day, cumulative);
        }

        _members[strategy] = (nowMs, day, cumulative);
        var latest = _members.Values.Max(member => member.Day);
        foreach (var old in _left.Where(member => member.Value.Day < latest).Select(member => member.Key).ToList())
        {
            _left.Remove(old);
        }

        var sum = _members.Values.Where(member => member.Day == latest).Sum(member => member.Cumulative) + _left.Values.Where(member => member.Day == latest).Sum(member => member.Cumulative);
        _pnl.Update(latest, sum, double.NaN, nowMs, ((int)SignalType.Pnl + 1) << 16, outcomes);
        Judge(nowMs);
    }

    public override void Tick(long nowMs, List<RuleOutcome> outcomes) => Judge(nowMs);

    public override MonitorCheckpoint? Save(long nowMs, long wallMs) => LastSignalMs is null ? null : _pnl.Save(nowMs, wallMs) with
    {
        Members = _members.Select(member => (member.Key, member.Value.Day, member.Value.Cumulative)).Concat(_left.Select(member => (member.Key, member.Value.Day, member.Value.Cumulative)))
            .ToDictionary(member => member.Key, member => new[] { member.Day, member.Cumulative }),
    };

    public override void Restore(MonitorCheckpoint checkpoint, long nowMs, long wallMs)
    {
        _pnl.Restore(checkpoint, nowMs, wallMs);
        foreach (var (strategy, figures) in checkpoint.Members ?? [])
        {
            if (_members.ContainsKey(strategy))
            {
                _members[strategy] = (null, (long)figures[0], figures[1]);
            }
            else if (figures[0] > 0)
            {
                _left[strategy] = ((long)figures[0], figures[1]);
            }
        }
    }

    protected override void Handle(in Signal signal, List<RuleOutcome> outcomes)
    {
    }

    private void Judge(long nowMs)
    {
        var missing = _members.Where(member => member.Value.LastMs is null || nowMs - member.Value.LastMs > Options.StaleAfter.TotalMilliseconds).Select(member => member.Key).ToList();
        Known(missing.Count == 0 ? null : $"no fresh P&L of {string.Join(", ", missing.Take(3))}{(missing.Count > 3 ? $" and {missing.Count - 3} more" : string.Empty)}");
    }
}
