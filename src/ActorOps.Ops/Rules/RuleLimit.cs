using System.ComponentModel.DataAnnotations;

namespace ActorOps.Ops.Rules;

/// <summary>Thresholds of one rule. Whether above or below is bad belongs to the rule.</summary>
public sealed class RuleLimit
{
    /// <summary>Warning past this value; unit of the rule.</summary>
    public double Warning { get; init; }

    /// <summary>Critical past this value.</summary>
    public double Critical { get; init; }

    /// <summary>Past this value flattening is proposed; null: never.</summary>
    public double? Emergency { get; init; }

    /// <summary>Window of the rule's input.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>Samples below which the rule is not evaluated.</summary>
    [Range(0, 1_000_000)]
    public int MinimumSamples { get; init; }
}
