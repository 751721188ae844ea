namespace ActorOps.Ops.Rules;

/// <summary>What a supervisor says of its target.</summary>
public enum Verdict
{
    /// <summary>Every limit was evaluated and holds.</summary>
    Healthy,

    /// <summary>A warning threshold is crossed.</summary>
    Warning,

    /// <summary>A critical threshold is crossed.</summary>
    Critical,

    /// <summary>Something that must be known is not: never fine.</summary>
    Unknown,
}
