namespace ActorOps.Ops.Emergencies;

/// <summary>The words of a certificate, as they stand in the journal and on the wire. Each has an exit code of its own.</summary>
public static class CertificateOutcome
{
    /// <summary>No open orders and no positions.</summary>
    public const string Flat = "FLAT";

    /// <summary>No open orders; positions are open and named.</summary>
    public const string OrdersClean = "ORDERS-CLEAN";

    /// <summary>Orders are left, or positions that a flatten left.</summary>
    public const string Residual = "RESIDUAL";

    /// <summary>A broker could not be asked to the end about orders or positions.</summary>
    public const string Unknown = "UNKNOWN";

    /// <summary>Word of records up to 0.3.0, which did not read positions. Never given to a new one.</summary>
    public const string Clean = "CLEAN";

    /// <summary>The outcome of what was seen. The worst word that fits; what was not seen is never taken for zero.</summary>
    public static string Of(Certificate seen) =>
        seen.CoversPositions is null ? OfEarlier(seen)
        : seen.UnknownVenues.Count > 0 || seen.Reads == 0 || seen.OpenPositions is null ? Unknown
        : seen.OrdersAfter.Count > 0 || (seen.PositionsBefore is not null && seen.OpenPositions.Count > 0) ? Residual
        : seen.VerifiedAt is null ? Unknown
        : seen.OpenPositions.Count > 0 ? OrdersClean
        : Flat;

    private static string OfEarlier(Certificate seen) =>
        seen.UnknownVenues.Count > 0 ? Unknown : seen.OrdersAfter.Count > 0 || seen.PositionsAfter is { Count: > 0 } || seen.VerifiedAt is null ? Residual : Clean;
}
