using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.KillSwitches;

/// <summary>What is asked for. Texts may be anything: they are made safe before they are kept, and nothing is decided by them.</summary>
/// <param name="Scope">Where.</param>
/// <param name="Level">How far.</param>
/// <param name="Source">What raises it, in the server's words: a caller's own never get here.</param>
/// <param name="Principal">Name of the credential.</param>
/// <param name="Person">The person behind it.</param>
public sealed record TripRequest(Scope Scope, TradingState Level, string Source, string Principal, string Person)
{
    /// <summary>What kind of thing raises it.</summary>
    public TripOrigin Origin { get; init; }

    /// <summary>Name of the rule that raises it; null: none does.</summary>
    public string? Rule { get; init; }

    /// <summary>Fingerprint of the alert that raises it; null: none does.</summary>
    public string? Alert { get; init; }

    /// <summary>Why; may be empty.</summary>
    public string? Reason { get; init; }

    /// <summary>What caused it.</summary>
    public string? Cause { get; init; }

    /// <summary>Figures behind it.</summary>
    public string? Evidence { get; init; }

    /// <summary>Raised in a drill.</summary>
    public bool Drill { get; init; }

    /// <summary>Size cap, 0 to 1.</summary>
    public double? MaxPositionFraction { get; init; }

    /// <summary>Share of the normal size, 0 to 1.</summary>
    public double? SizeFactor { get; init; }

    /// <summary>Id that the caller has made; null: a new one. One that was cleared is not used again.</summary>
    public Guid? TripId { get; init; }

    /// <summary>Key of a caller that may ask twice.</summary>
    public string? IdempotencyKey { get; init; }
}
