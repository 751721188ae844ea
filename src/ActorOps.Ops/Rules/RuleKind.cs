namespace ActorOps.Ops.Rules;

/// <summary>A rule as people see it.</summary>
/// <param name="Name">Its name in configuration, API and documents.</param>
/// <param name="Title">Its name in a sentence.</param>
/// <param name="Unit">What its number is.</param>
/// <param name="AboveIsBad">Whether above or below its threshold is bad.</param>
/// <param name="LimitOf">Its thresholds.</param>
public sealed record RuleKind(string Name, string Title, RuleUnit Unit, bool AboveIsBad, Func<RuleOptions, RuleLimit> LimitOf)
{
    /// <summary>The unit as it is written.</summary>
    public string UnitText => Unit switch
    {
        RuleUnit.Percent or RuleUnit.SignedPercent => "%",
        RuleUnit.Milliseconds => "ms",
        RuleUnit.Seconds => "s",
        RuleUnit.Ratio => "x",
        _ => "gaps",
    };
}
