namespace ActorOps.Ops.Rules;

/// <summary>What the number of a rule is.</summary>
public enum RuleUnit
{
    /// <summary>Per cent of something, never below zero.</summary>
    Percent,

    /// <summary>Per cent with a sign: a gain or a loss.</summary>
    SignedPercent,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>How many times.</summary>
    Ratio,

    /// <summary>Gaps in the rule's window.</summary>
    Gaps,
}
