using System.Text.Json;

namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>A trip as its caller saw it acknowledged, on the boot-time clock of this machine.</summary>
/// <param name="TripId">Its id.</param>
/// <param name="Strategy">The strategy that it stops; empty: all of them.</param>
/// <param name="AcknowledgedNs">When the answer was there.</param>
public sealed record AcknowledgedTrip(Guid TripId, string Strategy, long AcknowledgedNs)
{
    /// <summary>When somebody first asked to clear it; from then on it may be gone.</summary>
    public long ClearAskedNs { get; set; } = long.MaxValue;
}

/// <summary>An order that adds risk as a desk wrote it down before it left.</summary>
public sealed record SentOrder(string Strategy, long SentNs);

/// <summary>
/// What must be true of risk whatever was done to nodes, desks, links and the database. Each law names the first thing that breaks it. They are judged from
/// the journal, from what callers were told and from what the desk wrote down; from no view of ours.
/// </summary>
public static class RiskLaws
{
    /// <summary>Every law about what is stored.</summary>
    public static void CheckStored(JournalHistory history, IEnumerable<Guid> acknowledged, IEnumerable<Guid> standing)
    {
        NoTripIsLost(history, acknowledged, standing);
        NoResetWithoutTwoPersons(history);
        EachEffectHappensOnce(history);
    }

    /// <summary>An acknowledged trip stands until a reset that names it is approved.</summary>
    public static void NoTripIsLost(JournalHistory history, IEnumerable<Guid> acknowledged, IEnumerable<Guid> standing)
    {
        var (stands, cleared) = (standing.ToHashSet(), ClearedBy(history).Keys.ToHashSet());
        foreach (var trip in acknowledged)
        {
            Assert.True(stands.Contains(trip) || cleared.Contains(trip), $"trip {trip} was acknowledged, was never cleared, and does not stand");
            Assert.False(stands.Contains(trip) && cleared.Contains(trip), $"trip {trip} was cleared and stands");
        }
    }

    /// <summary>What is cleared was named in a request before, and another person approved that.</summary>
    public static void NoResetWithoutTwoPersons(JournalHistory history)
    {
        var requests = new Dictionary<string, (string Person, HashSet<string> Trips)>();
        var codes = new HashSet<string>();
        var ladder = new HashSet<string>();
        foreach (var row in history.Rows)
        {
            using var json = JsonDocument.Parse(row.Payload);
            var e = json.RootElement;
            switch (row.Kind)
            {
                case "kill-switch.reset-requested.v1":
                    var request = e.GetProperty("request");
                    requests[request.GetProperty("resetId").GetString()!] = (request.GetProperty("person").GetString()!, [.. Texts(request.GetProperty("tripIds"))]);
                    break;
                case "kill-switch.code-used.v1":
                    Assert.True(codes.Add($"{e.GetProperty("principal")}/{e.GetProperty("step")}"), $"a one-time code of {e.GetProperty("principal")} counted twice");
                    break;
                case "kill-switch.reset-approved.v1":
                    var id = e.GetProperty("resetId").GetString()!;
                    Assert.True(requests.TryGetValue(id, out var asked), $"reset {id} was approved and never asked for");
                    Assert.True(!string.Equals(asked.Person, e.GetProperty("person").GetString(), StringComparison.OrdinalIgnoreCase), $"reset {id} was asked for and approved by {asked.Person}");
                    var unnamed = Texts(e.GetProperty("tripIds")).Where(trip => !asked.Trips.Contains(trip) && !ladder.Contains(trip)).ToList();
                    Assert.True(unnamed.Count == 0, $"reset {id} cleared {string.Join(", ", unnamed)}, which it does not name");
                    foreach (var recovery in e.GetProperty("recoveries").EnumerateArray())
                    {
                        ladder.Add(recovery.GetProperty("tripId").GetString()!);
                    }

                    break;
                case "kill-switch.recovery-advanced.v1" or "kill-switch.recovery-fell-back.v1":
                    Assert.True(ladder.Contains(e.GetProperty("cleared").GetString()!), $"{row.Kind} cleared {e.GetProperty("cleared")}, which is no step of a way back");
                    if (e.TryGetProperty("next", out var next))
                    {
                        ladder.Add(next.GetProperty("tripId").GetString()!);
                    }

                    break;
            }
        }
    }

    /// <summary>A step has its intent before its outcome, is done once, and a procedure ends once.</summary>
    public static void EachEffectHappensOnce(JournalHistory history)
    {
        var (intended, done, ended) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        foreach (var row in history.Rows.Where(row => row.Stream == "procedures"))
        {
            using var json = JsonDocument.Parse(row.Payload);
            var e = json.RootElement;
            var id = row.Kind is "procedures.started.v1" or "procedures.kept.v1" ? string.Empty : e.GetProperty("procedureId").GetString()!;
            var step = row.Kind is "procedures.step-intended.v1" or "procedures.step-ended.v1" ? $"{id}/{e.GetProperty("step")}" : string.Empty;
            switch (row.Kind)
            {
                case "procedures.step-intended.v1":
                    Assert.False(done.Contains(step), $"{step} was begun again after it was done");
                    intended.Add(step);
                    break;
                case "procedures.step-ended.v1":
                    Assert.True(intended.Contains(step), $"{step} ended without an intent");
                    Assert.False(e.GetProperty("state").GetString() == "Done" && !done.Add(step), $"{step} was done twice");
                    break;
                case "procedures.ended.v1":
                    Assert.True(ended.Add(id), $"procedure {id} ended twice");
                    break;
            }
        }
    }

    /// <summary>No order that adds risk leaves later than the bound after a trip of its strategy was acknowledged, until somebody asks to clear that.</summary>
    public static void NoOrderLeavesAfterATrip(IEnumerable<AcknowledgedTrip> trips, IEnumerable<SentOrder> orders, TimeSpan bound)
    {
        var all = orders.OrderBy(order => order.SentNs).ToList();
        foreach (var trip in trips)
        {
            var late = all.Find(order => (trip.Strategy.Length == 0 || order.Strategy == trip.Strategy) && order.SentNs > trip.AcknowledgedNs + (long)bound.TotalNanoseconds && order.SentNs < trip.ClearAskedNs);
            Assert.True(late is null, $"an order of {late?.Strategy} left {(late?.SentNs - trip.AcknowledgedNs) / 1_000_000} ms after trip {trip.TripId} was acknowledged; the bound is {bound.TotalMilliseconds} ms");
        }
    }

    /// <summary>Ids that were cleared, with the kind of the event that did.</summary>
    private static Dictionary<Guid, string> ClearedBy(JournalHistory history)
    {
        var cleared = new Dictionary<Guid, string>();
        foreach (var row in history.Rows)
        {
            using var json = JsonDocument.Parse(row.Payload);
            foreach (var id in row.Kind switch
            {
                "kill-switch.reset-approved.v1" => Texts(json.RootElement.GetProperty("tripIds")),
                "kill-switch.recovery-advanced.v1" or "kill-switch.recovery-fell-back.v1" => [json.RootElement.GetProperty("cleared").GetString()!],
                _ => [],
            })
            {
                cleared[Guid.Parse(id)] = row.Kind;
            }
        }

        return cleared;
    }

    private static List<string> Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];
}
