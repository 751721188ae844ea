using ActorOps.Ops.Rules;
using ActorOps.Ops.Windows;

namespace ActorOps.Ops.Supervisors.Monitors;

/// <summary>Hourly and daily loss and drawdown of one strategy or scope, from cumulative figures that start over each trading day.</summary>
internal sealed class PnlRules(RuleTracker hourly, RuleTracker daily, RuleTracker drawdown, double aum)
{
    private const long MinuteMs = 60_000;
    private const string NotFinite = "the profit and loss is not a number";
    private readonly SlidingSum _hour = new(MinuteMs, Math.Max(1, (int)(hourly.Limit.Window.TotalMilliseconds / MinuteMs)));
    private bool _started;
    private long _day;
    private double _dayPnl;
    private double _dayShift;
    private double _carried;
    private double _aum = aum;

    /// <summary>
    /// Base of the percentages, above 0. Another one moves the base of every figure, which is neither a gain nor a loss and forgives nothing: what hour, day and
    /// peak had lost stays lost at the percentage that it was, and a gain before it no longer counts against a loss after it.
    /// </summary>
    public double Aum
    {
        get => _aum;
        set
        {
            if (_started && value != _aum)
            {
                MoveBase(value / _aum, Peak - (_aum + Total), value);
            }

            _aum = value;
        }
    }

    /// <summary>Highest of AUM plus profit and loss; NaN before the first figure.</summary>
    public double Peak { get; private set; } = double.NaN;

    /// <summary>Highest equity that was sent; NaN when none was.</summary>
    public double EquityPeak { get; private set; } = double.NaN;

    private double Total => _carried + _dayPnl;

    /// <summary>
    /// Takes a cumulative figure of a day. A new day's figure starts at zero: the drop to it is a roll, not a loss. False for an earlier
    /// day, which is late, and for what is not a number, which makes everything here unknown.
    /// </summary>
    public bool Update(long day, double cumulative, double equity, long nowMs, int source, List<RuleOutcome> outcomes)
    {
        if (!double.IsFinite(cumulative))
        {
            hourly.Unknown(NotFinite);
            daily.Unknown(NotFinite);
            drawdown.Unknown(NotFinite);
            return false;
        }

        if (_started && day < _day)
        {
            return false;
        }

        var rolled = _started && day > _day;
        if (rolled)
        {
            (_carried, _dayShift) = (_carried + _dayPnl, 0);
        }

        _hour.Add(nowMs, !_started ? 0 : rolled ? cumulative : cumulative - _dayPnl);
        (_started, _day, _dayPnl) = (true, day, cumulative);
        Add(outcomes, hourly, hourly.Observe(_hour.Total / _aum * 100, nowMs, source));
        Add(outcomes, daily, daily.Observe((cumulative + _dayShift) / _aum * 100, nowMs, source));
        Drawdown(equity, nowMs, source, outcomes);
        return true;
    }

    /// <summary>A member's figure of a day that was not part of the sum until now: the sum jumps by it, and nothing was gained or lost.</summary>
    public void Join(long day, double amount)
    {
        if (_started && day == _day && double.IsFinite(amount))
        {
            _dayPnl += amount;
            Peak += amount;
        }
    }

    public MonitorCheckpoint Save(long nowMs, long wallMs)
    {
        _hour.Advance(nowMs);
        return new MonitorCheckpoint { SavedAtMs = wallMs, Day = _day, DayPnl = _dayPnl, DayShift = _dayShift, Carried = _carried, Peak = Peak, EquityPeak = EquityPeak, Aum = _aum, Hour = _hour.Save() };
    }

    public void Restore(MonitorCheckpoint checkpoint, long nowMs, long wallMs)
    {
        if (!double.IsFinite(checkpoint.DayPnl) || !double.IsFinite(checkpoint.Carried) || !double.IsFinite(checkpoint.DayShift))
        {
            return;
        }

        var wanted = _aum;
        (_started, _day, _dayPnl, _dayShift, _carried) = (checkpoint.Day > 0, checkpoint.Day, checkpoint.DayPnl, checkpoint.DayShift, checkpoint.Carried);
        (Peak, EquityPeak) = (checkpoint.Peak, checkpoint.EquityPeak ?? checkpoint.Peak);
        _hour.Restore(checkpoint.Hour, nowMs, Math.Max(0, wallMs - checkpoint.SavedAtMs));
        if (checkpoint.Aum is { } saved && saved > 0)
        {
            _aum = saved;
            Aum = wanted;
        }
    }

    private void Drawdown(double equity, long nowMs, int source, List<RuleOutcome> outcomes)
    {
        // Both run on, whichever is sent: the source of a figure never changes from line to line.
        var sum = _aum + Total;
        Peak = double.IsNaN(Peak) ? sum : Math.Max(Peak, sum);
        if (double.IsNaN(equity))
        {
            Add(outcomes, drawdown, drawdown.Observe((Peak - sum) / _aum * 100, nowMs, source));
        }
        else if (!double.IsFinite(equity))
        {
            drawdown.Unknown("equity was refused: it is out of its bounds");
        }
        else
        {
            EquityPeak = double.IsNaN(EquityPeak) ? equity : Math.Max(EquityPeak, equity);
            Add(outcomes, drawdown, drawdown.Observe((EquityPeak - equity) / EquityPeak * 100, nowMs, source));
        }
    }

    /// <summary>Money that was lost weighs the same share of the new base as it did of the old one.</summary>
    private void MoveBase(double factor, double fallen, double aum)
    {
        if (_hour.Total > 0)
        {
            _hour.Clear();
        }
        else
        {
            _hour.Scale(factor);
        }

        _dayShift = (Math.Min(0, _dayPnl + _dayShift) * factor) - _dayPnl;
        Peak = aum + Total + (fallen * factor);
    }

    private static void Add(List<RuleOutcome> outcomes, RuleTracker rule, RuleStep step)
    {
        if (step != RuleStep.None)
        {
            outcomes.Add(new RuleOutcome(rule, step));
        }
    }
}
