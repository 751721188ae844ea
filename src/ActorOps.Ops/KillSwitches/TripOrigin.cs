using System.Text.Json.Serialization;

namespace ActorOps.Ops.KillSwitches;

/// <summary>What kind of thing raised a trip. The server alone sets it, and it alone decides what a trip means; every text beside it is for people.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TripOrigin>))]
public enum TripOrigin : byte
{
    /// <summary>A principal, over HTTP or a page.</summary>
    Person,

    /// <summary>A rule of a supervisor.</summary>
    Rule,

    /// <summary>An alert of an outside source.</summary>
    Alert,

    /// <summary>The kill-switch file.</summary>
    File,

    /// <summary>SIGUSR1.</summary>
    Signal,

    /// <summary>The way back after a reset; moves by itself while its scope is healthy.</summary>
    Recovery,

    /// <summary>An emergency procedure.</summary>
    Emergency,

    /// <summary>A rollback.</summary>
    Rollback,

    /// <summary>A latch that cannot be trusted.</summary>
    Latch,

    /// <summary>Another database that took over.</summary>
    StoreFailover,
}
