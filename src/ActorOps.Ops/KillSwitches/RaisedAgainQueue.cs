using System.Collections.Immutable;

namespace ActorOps.Ops.KillSwitches;

/// <summary>
/// Repeats of standing trips on their way to the store: the first of a trip goes at once, those that follow within a second are joined by cause. However often
/// and under however many names a trip is asked for again, a second of it is at most a few records. Nothing is lost: what is not stored yet waits.
/// </summary>
internal sealed class RaisedAgainQueue
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Dictionary<Guid, Waiting> _waiting = [];

    /// <summary>Whether anything waits.</summary>
    public bool IsEmpty => _waiting.Values.All(waiting => waiting.Causes.IsEmpty);

    /// <summary>Joins a repeat to those that wait.</summary>
    public void Add(KillSwitchEvent.RaisedAgain again)
    {
        var waiting = _waiting.GetValueOrDefault(again.TripId) ?? new Waiting(again, [], DateTimeOffset.MinValue);
        _waiting[again.TripId] = waiting with { Latest = again, Causes = TripCauses.Add(waiting.Causes, TripCauses.Of(again, [])) };
    }

    /// <summary>What is due: of each trip of which nothing was stored within the last second. It waits until <see cref="Stored"/> is told.</summary>
    public IReadOnlyList<KillSwitchEvent.RaisedAgain> Due(DateTimeOffset now) =>
        [.. _waiting.Values.Where(waiting => now - waiting.StoredAt >= Pause || waiting.StoredAt > now).SelectMany(waiting => waiting.Causes.Select(cause => Event(waiting.Latest, cause)))];

    /// <summary>These are stored, or will never be.</summary>
    public void Stored(Guid tripId, DateTimeOffset now) => _waiting[tripId] = _waiting[tripId] with { Causes = [], StoredAt = now };

    /// <summary>Forgets trips of which nothing waits and nothing was stored lately.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var (tripId, _) in _waiting.Where(waiting => waiting.Value.Causes.IsEmpty && now - waiting.Value.StoredAt >= Pause).ToList())
        {
            _waiting.Remove(tripId);
        }
    }

    private static KillSwitchEvent.RaisedAgain Event(KillSwitchEvent.RaisedAgain latest, TripCause cause) => latest with
    {
        At = cause.LastAt,
        Origin = cause.Origin,
        Source = cause.Source,
        Cause = cause.Cause,
        Rule = cause.Rule,
        Alert = cause.Alert,
        Times = cause.Times == 1 ? null : cause.Times,
    };

    private sealed record Waiting(KillSwitchEvent.RaisedAgain Latest, ImmutableList<TripCause> Causes, DateTimeOffset StoredAt);
}
