namespace ActorOps.Ops.Gates;

/// <summary>What the gates of one desk are told, permits aside. Made once for each change that concerns the desk, however many gates it has.</summary>
/// <param name="States">Scopes of the desk that are not ACTIVE.</param>
/// <param name="Trips">Ids of the standing trips that concern it.</param>
/// <param name="Standing">The same with scope and level.</param>
/// <param name="Kills">Those at KILLED: the desk cancels all for each.</param>
/// <param name="SizeCaps">Size caps.</param>
/// <param name="HaltOnIsolation">Scopes that halt without a permit.</param>
internal sealed record GateStates(
    IReadOnlyList<GateState> States,
    IReadOnlyList<Guid> Trips,
    IReadOnlyList<GateTrip> Standing,
    IReadOnlyList<KillSwitches.Trip> Kills,
    IReadOnlyList<GateSizeCap> SizeCaps,
    IReadOnlyList<string> HaltOnIsolation)
{
    /// <summary>True when a gate that knows the other one learns nothing from this one.</summary>
    public bool SaysTheSame(GateStates other) => ReferenceEquals(this, other)
        || (Trips.SequenceEqual(other.Trips) && States.SequenceEqual(other.States) && SizeCaps.SequenceEqual(other.SizeCaps));
}
