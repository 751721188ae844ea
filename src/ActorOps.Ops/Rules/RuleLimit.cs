using System.ComponentModel.DataAnnotations;

namespace ActorOps.Ops.Rules;

/// <summary>Thresholds of one rule. Whether above or below is bad belongs to the rule.</summary>
public sealed class RuleLimit
{
    private double _warning;
    private double _critical;

    /// <summary>Warning past this value; unit of the rule.</summary>
    public double Warning { get => Volatile.Read(ref _warning); init => _warning = value; }

    /// <summary>Critical past this value.</summary>
    public double Critical { get => Volatile.Read(ref _critical); init => _critical = value; }

    /// <summary>Past this value flattening is proposed; null: never.</summary>
    public double? Emergency { get; init; }

    /// <summary>Window of the rule's input.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>Samples below which the rule is not evaluated.</summary>
    [Range(0, 1_000_000)]
    public int MinimumSamples { get; init; }

    /// <summary>Other thresholds from now on; rules see them at their next sample.</summary>
    internal void Replace(double warning, double critical)
    {
        Volatile.Write(ref _warning, warning);
        Volatile.Write(ref _critical, critical);
    }
}
