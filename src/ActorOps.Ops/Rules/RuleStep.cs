namespace ActorOps.Ops.Rules;

/// <summary>What an evaluation changed.</summary>
[Flags]
public enum RuleStep
{
    /// <summary>Nothing to act on.</summary>
    None = 0,

    /// <summary>First critical evaluation: alert.</summary>
    Alerted = 1,

    /// <summary>Confirmed: the automatic response is due.</summary>
    Confirmed = 2,

    /// <summary>Past the emergency threshold for the first time.</summary>
    Emergency = 4,

    /// <summary>No longer critical.</summary>
    Recovered = 8,
}
