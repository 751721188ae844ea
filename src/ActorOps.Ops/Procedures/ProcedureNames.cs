namespace ActorOps.Ops.Procedures;

/// <summary>Names that callers of procedures use.</summary>
public static class ProcedureNames
{
    /// <summary>The emergency procedure, and the source of its trips.</summary>
    public const string Emergency = "emergency";

    /// <summary>The rollback, and the source of its trips.</summary>
    public const string Rollback = "rollback";

    /// <summary>Argument: <c>true</c> to close positions too.</summary>
    public const string Flatten = "flatten";

    /// <summary>Argument: <c>true</c> to disable automatic restarts of what was stopped.</summary>
    public const string Shutdown = "shutdown";

    /// <summary>Argument: <c>true</c> to order the desks to cancel, which a trip below KILLED does not do.</summary>
    public const string OrderDesks = "orderDesks";

    /// <summary>Argument: the trip that blocks the scope.</summary>
    public const string TripId = "tripId";

    /// <summary>Argument: the version to go back to; without it the last one known to be good.</summary>
    public const string TargetVersion = "targetVersion";
}
