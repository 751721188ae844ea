using ActorOps.Ops.Rules;
using ActorOps.Ops.Windows;

namespace ActorOps.Ops.Supervisors.Monitors;

/// <summary>Hourly and daily loss and drawdown of one strategy or scope, from cumulative figures that start over each trading day.</summary>
internal sealed class PnlRules(RuleTracker hourly, RuleTracker daily, RuleTracker drawdown, double aum)
{
    private const long MinuteMs = 60_000;
    private readonly SlidingSum _hour = new(MinuteMs, Math.Max(1, (int)(hourly.Limit.Window.TotalMilliseconds / MinuteMs)));
    private bool _started;
    private long _day;
    private double _dayPnl;
    private double _carried;

    /// <summary>Base of the percentages, above 0.</summary>
    public double Aum { get; set; } = aum;

    public double Peak { get; private set; } = double.NaN;

    public double DayPnl => _dayPnl;

    /// <summary>
    /// Takes a cumulative figure of a day. A new day's figure starts at zero: the drop to it is a roll, not a loss. False for an earlier
    /// day, which is late.
    /// </summary>
    public bool Update(long day, double cumulative, double equity, long nowMs, int source, List<RuleOutcome> outcomes)
    {
        if (_started && day < _day)
        {
            return false;
        }

        var rolled = _started && day > _day;
        if (rolled)
        {
            _carried += _dayPnl;
        }

        _hour.Add(nowMs, !_started ? 0 : rolled ? cumulative : cumulative - _dayPnl);
        (_started, _day, _dayPnl) = (true, day, cumulative);
        var base_ = double.IsNaN(equity) ? Aum + _carried + cumulative : equity;
        Peak = double.IsNaN(Peak) ? base_ : Math.Max(Peak, base_);
        Add(outcomes, hourly, hourly.Observe(_hour.Total / Aum * 100, nowMs, source));
        Add(outcomes, daily, daily.Observe(cumulative / Aum * 100, nowMs, source));
        Add(outcomes, drawdown, drawdown.Observe((Peak - base_) / (double.IsNaN(equity) ? Aum : Peak) * 100, nowMs, source));
        return true;
    }

    public MonitorCheckpoint Save(long nowMs, long wallMs)
    {
        _hour.Advance(nowMs);
        return new MonitorCheckpoint { SavedAtMs = wallMs, Day = _day, DayPnl = _dayPnl, Carried = _carried, Peak = Peak, Hour = _hour.Save() };
    }

    public void Restore(MonitorCheckpoint checkpoint, long nowMs, long wallMs)
    {
        (_started, _day, _dayPnl, _carried, Peak) = (checkpoint.Day > 0, checkpoint.Day, checkpoint.DayPnl, checkpoint.Carried, checkpoint.Peak);
        _hour.Restore(checkpoint.Hour, nowMs, Math.Max(0, wallMs - checkpoint.SavedAtMs));
    }

    private static void Add(List<RuleOutcome> outcomes, RuleTracker rule, RuleStep step)
    {
        if (step != RuleStep.None)
        {
            outcomes.Add(new RuleOutcome(rule, step));
        }
    }
}
