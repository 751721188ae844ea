namespace ActorOps.Ops.Emergencies;

/// <summary>What was seen at the brokers while a scope was brought to rest.</summary>
/// <param name="OrdersBefore">Open orders at the first look, a line each.</param>
/// <param name="OrdersAfter">Open orders at the last look, a line each: what is left.</param>
/// <param name="UnknownVenues">Brokers that could not be asked to the end, with the reason.</param>
/// <param name="CancelsSent">Cancels that were sent.</param>
/// <param name="Reads">Looks that were answered.</param>
/// <param name="FirstLookAt">When the first look was answered; null: none was.</param>
/// <param name="VerifiedAt">When the second of two looks at least a second apart showed nothing open; null: that was not seen.</param>
public sealed record Certificate(
    IReadOnlyList<string> OrdersBefore,
    IReadOnlyList<string> OrdersAfter,
    IReadOnlyList<string> UnknownVenues,
    int CancelsSent,
    int Reads,
    DateTimeOffset? FirstLookAt,
    DateTimeOffset? VerifiedAt)
{
    /// <summary>Positions before they were closed; null: nothing was to be closed.</summary>
    public IReadOnlyList<string>? PositionsBefore { get; init; }

    /// <summary>Positions that are left.</summary>
    public IReadOnlyList<string>? PositionsAfter { get; init; }

    /// <summary>CLEAN, RESIDUAL or UNKNOWN: never just "ok".</summary>
    public string Outcome => UnknownVenues.Count > 0 ? "UNKNOWN" : OrdersAfter.Count > 0 || PositionsAfter is { Count: > 0 } || VerifiedAt is null ? "RESIDUAL" : "CLEAN";
}
