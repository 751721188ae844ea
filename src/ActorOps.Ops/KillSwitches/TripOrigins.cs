namespace ActorOps.Ops.KillSwitches;

/// <summary>What follows from an origin, and the origin of records that were written before it was kept.</summary>
internal static class TripOrigins
{
    /// <summary>
    /// In those records a caller over HTTP could write the source, but never the cause: only the server did. So a source counts for what it says only beside the
    /// cause that the server gave it; any other record is a person's, which never lifts by itself.
    /// </summary>
    public static TripOrigin Before(Trip trip) => (trip.Source, trip.Cause) switch
    {
        ("recovery", { } cause) when cause.StartsWith("reset:", StringComparison.Ordinal) => TripOrigin.Recovery,
        ({ } source, not null) when source.StartsWith("rule:", StringComparison.Ordinal) && trip.Principal == "supervisor" => TripOrigin.Rule,
        ({ } source, { } cause) when source.StartsWith("alert:", StringComparison.Ordinal) && cause.StartsWith("alert ", StringComparison.Ordinal) => TripOrigin.Alert,
        ("file", not null) when trip.Principal == "file" => TripOrigin.File,
        ("signal", not null) when trip.Principal == "signal" => TripOrigin.Signal,
        ("latch", not null) when trip.Principal == "node" => TripOrigin.Latch,
        ("store-failover", not null) when trip.Principal == "node" => TripOrigin.StoreFailover,

        // These only ask for more before a reset: there is nothing to gain by writing them.
        ("rollback" or "canary" or "model", null) or ("rollback", _) => TripOrigin.Rollback,
        ("emergency", _) => TripOrigin.Emergency,
        _ => TripOrigin.Person,
    };

    /// <summary>Whether a node raised it by itself, under a name that no principal can have.</summary>
    public static bool IsOfSystem(this TripOrigin origin) => origin is TripOrigin.Rule or TripOrigin.File or TripOrigin.Signal or TripOrigin.Recovery or TripOrigin.Latch or TripOrigin.StoreFailover;

    /// <summary>The rule of a record that was written before it was kept; null: none.</summary>
    public static string? RuleBefore(Trip trip) => trip.Origin == TripOrigin.Rule ? After(trip.Source, "rule:") : null;

    /// <summary>The alert's fingerprint of such a record; null: none.</summary>
    public static string? AlertBefore(Trip trip) => trip.Origin == TripOrigin.Alert ? After(trip.Source, "alert:") : null;

    private static string? After(string source, string prefix) => source.StartsWith(prefix, StringComparison.Ordinal) ? source[prefix.Length..] : null;
}
