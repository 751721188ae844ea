namespace ActorOps.Ops.KillSwitches;

/// <summary>One of the things behind a trip: the first one, and each that was joined to it.</summary>
/// <param name="Origin">What kind of thing it is.</param>
/// <param name="Source">The same in the server's words.</param>
/// <param name="Cause">What caused it, such as a rule's target; null: not said.</param>
/// <param name="Rule">Name of the rule; null: not one.</param>
/// <param name="Alert">Fingerprint of the alert; null: not one.</param>
/// <param name="FirstAt">When it first asked for the trip.</param>
/// <param name="LastAt">When it last did.</param>
/// <param name="Times">How often it did.</param>
public sealed record TripCause(TripOrigin Origin, string Source, string? Cause, string? Rule, string? Alert, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Times)
{
    /// <summary>When it was last said to have ended, as an alert that does not fire any more; null: never.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    internal bool IsSame(TripCause other) => (Origin, Source, Cause, Rule, Alert) == (other.Origin, other.Source, other.Cause, other.Rule, other.Alert);
}
