namespace ActorOps.Ops.KillSwitches;

/// <summary>One record of the latch file: a trip, or ids cleared by a reset.</summary>
internal sealed record LatchRecord
{
    public Trip? Trip { get; init; }

    public Guid[]? Cleared { get; init; }
}
