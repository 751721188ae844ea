namespace ActorOps.Storage.Postgres;

/// <summary>Which pool a call goes through.</summary>
internal enum Lane
{
    /// <summary>Appends and reads.</summary>
    Work,

    /// <summary>Renewals, evictions, grants.</summary>
    Lease,
}
