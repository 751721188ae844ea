using ActorOps.Ops.Rules;
using ActorOps.Ops.Windows;

namespace ActorOps.Ops.Supervisors.Monitors;

/// <summary>Errors over operations in a window, %, once there are enough operations.</summary>
internal sealed class ErrorRateRule
{
    private readonly RuleTracker _rule;
    private readonly SlidingSum _operations;
    private readonly SlidingSum _errors;
    private long _refillingUntilMs;

    public ErrorRateRule(RuleTracker rule)
    {
        _rule = rule;
        var bucketMs = Math.Max(1, (long)rule.Limit.Window.TotalMilliseconds / 30);
        (_operations, _errors) = (new SlidingSum(bucketMs, 30), new SlidingSum(bucketMs, 30));
    }

    public RuleTracker Rule => _rule;

    public RuleStep Add(double operations, double errors, long nowMs, int source)
    {
        _operations.Add(nowMs, operations);
        _errors.Add(nowMs, errors);
        return Evaluate(nowMs, source);
    }

    public RuleStep Evaluate(long nowMs, int source = 0)
    {
        _operations.Advance(nowMs);
        _errors.Advance(nowMs);
        if (_operations.Total >= _rule.Limit.MinimumSamples && _operations.Total > 0)
        {
            _refillingUntilMs = 0;
            return _rule.Observe(_errors.Total / _operations.Total * 100, nowMs, source);
        }

        Refilling.Mark(_rule, nowMs, _refillingUntilMs, (long)_operations.Total);
        return RuleStep.None;
    }

    public void OnGap(long nowMs)
    {
        _operations.Clear();
        _errors.Clear();
        _refillingUntilMs = nowMs + (long)_rule.Limit.Window.TotalMilliseconds;
    }
}
