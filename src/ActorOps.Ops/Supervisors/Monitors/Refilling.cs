using ActorOps.Ops.Rules;

namespace ActorOps.Ops.Supervisors.Monitors;

internal static class Refilling
{
    /// <summary>Too few samples: not evaluated. Too few because of a gap: unknown.</summary>
    public static void Mark(RuleTracker rule, long nowMs, long refillingUntilMs, long samples)
    {
        if (nowMs < refillingUntilMs)
        {
            rule.Unknown($"signals were lost; {samples} of {rule.Limit.MinimumSamples} samples since");
        }
        else
        {
            rule.NotEvaluated($"{samples} of {rule.Limit.MinimumSamples} samples");
        }
    }
}
