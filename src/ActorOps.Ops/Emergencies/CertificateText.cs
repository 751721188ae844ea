namespace ActorOps.Ops.Emergencies;

/// <summary>A certificate in one sentence that begins with its outcome.</summary>
internal static class CertificateText
{
    private const int MostNamed = 10;

    /// <summary>Such as <c>ORDERS-CLEAN, 2 positions open (-570 SPY, +100 QQQ)</c>.</summary>
    public static string Of(Certificate seen) => seen.Outcome switch
    {
        CertificateOutcome.Flat => "FLAT, no open orders and no positions",
        CertificateOutcome.OrdersClean => $"ORDERS-CLEAN, {Positions(seen.OpenPositions!, "open")}",
        CertificateOutcome.Residual => $"RESIDUAL, {string.Join(", ", Left(seen))}",
        CertificateOutcome.Unknown => $"UNKNOWN, {string.Join("; ", Unknowns(seen))}",
        var earlier => $"{earlier}, recorded by an earlier version, which did not read positions",
    };

    private static IEnumerable<string> Left(Certificate seen)
    {
        if (seen.OrdersAfter.Count > 0)
        {
            yield return $"{Count(seen.OrdersAfter.Count, "order")} left";
        }

        if (seen.OpenPositions is { Count: > 0 } positions)
        {
            yield return Positions(positions, seen.PositionsBefore is null ? "open" : "left");
        }
        else if (seen.PositionsAfter is { Count: > 0 } lines)
        {
            yield return $"{Count(lines.Count, "position")} left";
        }
    }

    private static IEnumerable<string> Unknowns(Certificate seen) =>
        (seen.UnknownVenues.Count > 0 ? seen.UnknownVenues
        : seen.Reads == 0 ? ["no broker answered"]
        : seen.OpenPositions is null ? ["no broker answered about positions"]
        : ["two looks without open orders were not seen in time"])
        .Concat(Left(seen).Select(text => $"last seen: {text}"));

    private static string Positions(IReadOnlyList<OpenPosition> positions, string word)
    {
        var named = positions.Take(MostNamed).Select(position => position.Short).ToList();
        if (positions.Count > MostNamed)
        {
            named.Add($"{positions.Count - MostNamed} more");
        }

        return $"{Count(positions.Count, "position")} {word} ({string.Join(", ", named)})";
    }

    private static string Count(int number, string one) => number == 1 ? $"1 {one}" : $"{number} {one}s";
}
