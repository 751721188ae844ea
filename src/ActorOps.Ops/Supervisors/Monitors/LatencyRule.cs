using ActorOps.Ops.Rules;
using ActorOps.Ops.Windows;

namespace ActorOps.Ops.Supervisors.Monitors;

/// <summary>95th percentile of a latency in a window, ms, evaluated by the timer.</summary>
internal sealed class LatencyRule(RuleTracker rule)
{
    private readonly LatencyWindow _window = new((long)rule.Limit.Window.TotalMilliseconds);
    private long _refillingUntilMs;

    public RuleTracker Rule => rule;

    public void Add(double ms, long nowMs)
    {
        if (ms >= 0)
        {
            _window.Add(nowMs, ms);
        }
    }

    public RuleStep Evaluate(long nowMs)
    {
        var (value, samples) = _window.Percentile95(nowMs);
        if (samples >= rule.Limit.MinimumSamples && samples > 0)
        {
            _refillingUntilMs = 0;
            return rule.Observe(value, nowMs);
        }

        Refilling.Mark(rule, nowMs, _refillingUntilMs, samples);
        return RuleStep.None;
    }

    public void OnGap(long nowMs)
    {
        _window.Clear();
        _refillingUntilMs = nowMs + (long)rule.Limit.Window.TotalMilliseconds;
    }
}
