namespace ActorOps.Ops.Rules;

/// <summary>Where one rule stands.</summary>
public enum RuleLevel
{
    /// <summary>Too few samples to say anything, and none needed yet.</summary>
    NotEvaluated,

    /// <summary>Within its limits.</summary>
    Healthy,

    /// <summary>Past the warning threshold.</summary>
    Warning,

    /// <summary>Past the critical threshold.</summary>
    Critical,

    /// <summary>Its input is missing, stale or has a gap.</summary>
    Unknown,
}
