namespace ActorOps.Ops.Situations;

/// <summary>Kinds of findings, as the API names them.</summary>
public static class FindingKinds
{
    /// <summary>A standing trip.</summary>
    public const string Trip = "trip";

    /// <summary>A hold in force.</summary>
    public const string Hold = "hold";

    /// <summary>A size cap.</summary>
    public const string SizeCap = "size-cap";

    /// <summary>The store has not confirmed this node in time.</summary>
    public const string Trust = "trust";

    /// <summary>Latch and journal are not merged yet.</summary>
    public const string Starting = "starting";

    /// <summary>The latch cannot be written.</summary>
    public const string Latch = "latch";

    /// <summary>Part of the node has stopped.</summary>
    public const string Stopped = "stopped";

    /// <summary>No node runs a singleton.</summary>
    public const string Unheld = "unheld";

    /// <summary>A node is missing.</summary>
    public const string Node = "node";

    /// <summary>A desk is not connected.</summary>
    public const string Desk = "desk";

    /// <summary>A connected desk has no permit.</summary>
    public const string Permit = "permit";

    /// <summary>A verdict that is not Healthy.</summary>
    public const string Verdict = "verdict";

    /// <summary>Trips that the store does not have.</summary>
    public const string Unstored = "unstored";

    /// <summary>Messages that wait for delivery.</summary>
    public const string Outbox = "outbox";

    /// <summary>A reset, a change or limits that wait for a person.</summary>
    public const string Approval = "approval";

    /// <summary>A hold that is overridden, or another change in force that adds risk.</summary>
    public const string Override = "override";

    /// <summary>A setting that is meant for drills.</summary>
    public const string Drill = "drill";
}
