using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Emergencies;

/// <summary>Puts what several brokers showed, and what was seen before, into one certificate.</summary>
internal static class CertificateJoin
{
    /// <summary>A broker of the scope that this node cannot ask.</summary>
    public static Certificate NoConnection(string broker) => Certificate.Empty with { UnknownVenues = [$"{broker}: there is no connection (actorops.brokers)"] };

    /// <summary>The scope has no broker: nobody was asked, so nothing is known.</summary>
    public static Certificate NoBroker(Scope scope) => Certificate.Empty with { UnknownVenues = [$"no broker is registered for {scope}: look where it trades"] };

    /// <summary>All brokers of a sweep. Counts and first orders are kept from earlier sweeps, everything else is of this one.</summary>
    public static Certificate AfterSweep(Certificate? earlier, IReadOnlyList<Certificate> seen, Scope scope)
    {
        var joined = Join(seen, scope);
        return joined with
        {
            OrdersBefore = [.. (earlier?.OrdersBefore ?? []).Union(joined.OrdersBefore)],
            CancelsSent = (earlier?.CancelsSent ?? 0) + joined.CancelsSent,
            Reads = (earlier?.Reads ?? 0) + joined.Reads,
            FirstLookAt = earlier?.FirstLookAt ?? joined.FirstLookAt,
        };
    }

    /// <summary>All brokers after a flatten. Orders count as gone if the sweeps or the flatten saw that twice, and the flatten's last look shows none.</summary>
    public static Certificate AfterFlatten(Certificate? earlier, IReadOnlyList<Certificate> seen, Scope scope)
    {
        var joined = AfterSweep(earlier, seen, scope);
        return joined with
        {
            VerifiedAt = joined.VerifiedAt ?? earlier?.VerifiedAt,
            PositionsBefore = [.. seen.SelectMany(one => one.PositionsBefore ?? [])],
            PositionsAfter = seen.Any(one => one.PositionsAfter is null) ? null : [.. seen.SelectMany(one => one.PositionsAfter!)],
        };
    }

    private static Certificate Join(IReadOnlyList<Certificate> seen, Scope scope) => seen.Count == 0 ? NoBroker(scope) : new(
        [.. seen.SelectMany(one => one.OrdersBefore)],
        [.. seen.SelectMany(one => one.OrdersAfter)],
        [.. seen.SelectMany(one => one.UnknownVenues)],
        seen.Sum(one => one.CancelsSent),
        seen.Sum(one => one.Reads),
        seen.Min(one => one.FirstLookAt),
        seen.Any(one => one.VerifiedAt is null) ? null : seen.Max(one => one.VerifiedAt))
    {
        CoversPositions = true,
        OpenPositions = seen.All(one => one.OpenPositions is null) ? null : [.. seen.SelectMany(one => one.OpenPositions ?? [])],
        PositionsReadAt = seen.Min(one => one.PositionsReadAt),
    };
}
