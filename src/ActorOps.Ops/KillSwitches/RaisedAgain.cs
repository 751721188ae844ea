using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ActorOps.Ops.KillSwitches;

/// <summary>Trips that were asked for again after the reset that cleared them was asked for: they stand under ids made of theirs, which are the same on every node.</summary>
internal static class RaisedAgain
{
    /// <summary>What stands in their place, with what has asked for it since, unless that has been cleared in turn.</summary>
    public static IEnumerable<(Trip Trip, ImmutableList<TripCause> Causes)> After(KillSwitchState decisions, KillSwitchState trips)
    {
        foreach (var (id, at) in trips.RaisedAgainAt)
        {
            if (!trips.Trips.TryGetValue(id, out var trip))
            {
                continue;
            }

            // Its successor may have been asked for again and cleared too.
            var (latest, raisedAt, since) = (trip, at, DateTimeOffset.MinValue);
            var asked = trips.CausesOf(trip);
            while (decisions.Cleared.Contains(latest.TripId) && decisions.ClearedAsOf.TryGetValue(latest.TripId, out var asOf) && raisedAt > asOf)
            {
                latest = trip with { TripId = Successor(latest.TripId, asOf), RaisedAt = at };
                raisedAt = trips.RaisedAgainAt.GetValueOrDefault(latest.TripId);
                since = asOf;
                asked = trips.Causes.GetValueOrDefault(latest.TripId, []).Aggregate(asked, TripCauses.Add);
            }

            if (latest.TripId != id && !decisions.Cleared.Contains(latest.TripId))
            {
                var causes = asked.RemoveAll(cause => cause.LastAt <= since);
                yield return causes.IsEmpty ? (latest, TripCauses.Of(latest)) : (By(latest, causes[0]), causes);
            }
        }
    }

    private static Trip By(Trip trip, TripCause cause) => trip with { Origin = cause.Origin, Source = cause.Source, Cause = cause.Cause, Rule = cause.Rule, Alert = cause.Alert };

    /// <summary>An id of version 7 with the time of the reset's request, so that it sorts among the others by age.</summary>
    private static Guid Successor(Guid id, DateTimeOffset asOf)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"raised again {id}"))[..16];
        BinaryPrimitives.WriteInt32BigEndian(bytes, (int)(asOf.ToUnixTimeMilliseconds() >> 16));
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(4), (short)asOf.ToUnixTimeMilliseconds());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
