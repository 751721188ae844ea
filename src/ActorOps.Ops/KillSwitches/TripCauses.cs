using System.Collections.Immutable;

namespace ActorOps.Ops.KillSwitches;

/// <summary>The list of what is behind a trip. Bounded: past <see cref="Most"/> what comes is counted together, the alerts apart from the rest.</summary>
internal static class TripCauses
{
    /// <summary>Most causes that are listed one by one.</summary>
    public const int Most = 20;
    private const string Others = "others";

    /// <summary>What a trip itself says.</summary>
    public static ImmutableList<TripCause> Of(Trip trip) => [new TripCause(trip.Origin, trip.Source, trip.Cause, trip.Rule, trip.Alert, trip.RaisedAt, trip.RaisedAt, 1)];

    /// <summary>What a record of a repeat says. One that was written before causes were kept counts for the trip's own.</summary>
    public static TripCause Of(KillSwitchEvent.RaisedAgain again, ImmutableList<TripCause> known) => again.Source is { } source
        ? new TripCause(again.Origin ?? TripOrigin.Person, source, again.Cause, again.Rule, again.Alert, again.At, again.At, again.Times ?? 1)
        : (known.IsEmpty ? new TripCause(TripOrigin.Person, again.Principal, null, null, null, again.At, again.At, 0) : known[0]) with { LastAt = again.At, Times = 1, EndedAt = null };

    /// <summary>Joins one to the list.</summary>
    public static ImmutableList<TripCause> Add(ImmutableList<TripCause> known, TripCause cause)
    {
        var index = known.FindIndex(cause.IsSame);
        if (index < 0 && known.Count(listed => listed.Source != Others) >= Most)
        {
            cause = cause with { Source = Others, Cause = null, Rule = null, Alert = cause.Alert is null ? null : Others };
            cause = cause.Alert is null ? cause with { Origin = TripOrigin.Person } : cause;
            index = known.FindIndex(cause.IsSame);
        }

        return index < 0 ? known.Add(cause) : known.SetItem(index, known[index] with
        {
            LastAt = cause.LastAt > known[index].LastAt ? cause.LastAt : known[index].LastAt,
            Times = (int)Math.Min(int.MaxValue, (long)known[index].Times + cause.Times),
        });
    }

    /// <summary>Notes that an alert does not fire any more. A record without a fingerprint, as earlier versions wrote, means the trip's own alert.</summary>
    public static ImmutableList<TripCause> End(ImmutableList<TripCause> known, string? alert, DateTimeOffset at) =>
        [.. known.Select((cause, index) => cause.Alert is not null && (alert is null ? index == 0 : cause.Alert == alert) ? cause with { EndedAt = at } : cause)];
}
