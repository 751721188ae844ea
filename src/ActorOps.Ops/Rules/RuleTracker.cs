namespace ActorOps.Ops.Rules;

/// <summary>
/// One rule of one target over time. A breach is confirmed by consecutive critical evaluations or by two sources within a short time, and
/// acts once: again only after it has recovered, or after a reset when it worsens by one more threshold.
/// </summary>
internal sealed class RuleTracker(string name, RuleLimit limit, bool aboveIsBad, RuleOptions options)
{
    private int _streak;
    private bool _fired;
    private bool _emergency;
    private double? _baseline;
    private int _lastSource;
    private long _lastSourceMs = long.MinValue / 2;

    public string Name => name;

    public RuleLimit Limit => limit;

    public RuleLevel Level { get; private set; } = RuleLevel.NotEvaluated;

    public double Value { get; private set; } = double.NaN;

    public string? Note { get; private set; }

    /// <summary>Critical evaluations in a row.</summary>
    public int Streak => _streak;

    /// <summary>Confirmed and still critical: its response is due or done.</summary>
    public bool IsConfirmed => _fired && Level == RuleLevel.Critical;

    /// <summary>Evaluates; what is not finite is Unknown. <paramref name="source"/> names who caused it (signal type and principal); 0: a timer.</summary>
    public RuleStep Observe(double value, long nowMs, int source = 0)
    {
        if (!double.IsFinite(value) || !double.IsFinite(limit.Warning) || !double.IsFinite(limit.Critical))
        {
            // Every comparison with such a number is false, and would read as healthy.
            Unknown(double.IsFinite(value) ? "the limit is not a number" : "the value is not a number: an input of it is missing or out of its bounds");
            return RuleStep.None;
        }

        Value = value;
        Note = null;
        var wasCritical = Level == RuleLevel.Critical;
        Level = Past(value, wasCritical ? Leave : limit.Critical) ? RuleLevel.Critical : Past(value, limit.Warning) ? RuleLevel.Warning : RuleLevel.Healthy;
        if (Level != RuleLevel.Critical)
        {
            (_streak, _fired, _baseline, _emergency) = (0, false, null, false);
            return wasCritical ? RuleStep.Recovered : RuleStep.None;
        }

        _streak++;
        var step = wasCritical ? RuleStep.None : RuleStep.Alerted;
        var secondSource = source != 0 && _lastSource != 0 && source != _lastSource && nowMs - _lastSourceMs <= options.ConfirmSources.TotalMilliseconds && wasCritical;
        if (source != 0)
        {
            (_lastSource, _lastSourceMs) = (source, nowMs);
        }

        if (!_fired && (_streak >= options.ConfirmSamples || secondSource) && PastBaseline(value))
        {
            _fired = true;
            _baseline = null;
            step |= RuleStep.Confirmed;
        }

        if (!_emergency && limit.Emergency is { } emergency && Past(value, emergency))
        {
            _emergency = true;
            step |= RuleStep.Emergency;
        }

        return step;
    }

    /// <summary>Too few samples: shown, and neither good nor bad.</summary>
    public void NotEvaluated(string why) => Set(RuleLevel.NotEvaluated, why);

    /// <summary>Its input is not to be trusted.</summary>
    public void Unknown(string why) => Set(RuleLevel.Unknown, why);

    /// <summary>Its trip was reset while it is still critical: from here it acts again only when one threshold worse.</summary>
    public void Rebase()
    {
        if (_fired)
        {
            _fired = false;
            _baseline = Value;
        }
    }

    public RuleReading Read() => new(name, Level, Value, Level is RuleLevel.Critical or RuleLevel.Warning ? Level == RuleLevel.Critical ? limit.Critical : limit.Warning : limit.Warning, (long)limit.Window.TotalMilliseconds, Note)
    {
        Warning = limit.Warning,
        Critical = limit.Critical,
    };

    /// <summary>A critical rule must come back by a fiftieth of its threshold: a value that trembles on the line is one breach, not many.</summary>
    private double Leave => limit.Critical - ((aboveIsBad ? 0.02 : -0.02) * Math.Abs(limit.Critical));

    private bool Past(double value, double threshold) => aboveIsBad ? value > threshold : value < threshold;

    private bool PastBaseline(double value) => _baseline is not { } baseline || Past(value, baseline + (aboveIsBad ? 1 : -1) * Math.Abs(limit.Critical));

    private void Set(RuleLevel level, string why)
    {
        (Level, Note, _streak) = (level, why, 0);
        Value = level == RuleLevel.Unknown ? Value : double.NaN;
    }
}
