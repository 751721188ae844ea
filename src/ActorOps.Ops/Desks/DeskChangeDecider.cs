using System.Globalization;

namespace ActorOps.Ops.Desks;

/// <summary>
/// Whatever makes a limit looser, later or blind is risk, also in a desk's own words: what of a registration counts at once, and what waits for two people. A first AUM
/// counts, and so do a lower one and one of at most 10 % above the lowest of 30 days.
/// </summary>
internal static class DeskChangeDecider
{
    /// <summary>Largest raise over the lowest of 30 days that counts at once.</summary>
    private const decimal FreeRaise = 1.1m;

    /// <summary>Compares a desk with what it asks to be.</summary>
    public static DeskChange Decide(Desk? before, Desk wanted, DeskStanding standing)
    {
        var rewired = before is null ? [] : DeskWiring.Changes(before, wanted, standing).ToList();
        if (before is not null && standing.IsFixed)
        {
            return rewired.Count == 0 && SameFigures(before, wanted)
                ? new DeskChange(before, [])
                : new DeskChange(before, [$"the configuration names desk '{wanted.Id}', and its hello says otherwise", .. rewired, .. Raises(before, wanted)]);
        }

        var raised = new List<string>();
        var shape = rewired.Count == 0 ? wanted : before!;
        var effective = shape with
        {
            Aum = Allowed("desk", wanted.Id, wanted.Aum, standing, raised),
            Accounts = [.. shape.Accounts.Select(account => account with { Aum = Allowed("account", account.Id, wanted.Accounts.FirstOrDefault(asked => asked.Id == account.Id)?.Aum ?? account.Aum, standing, raised) })],
            Strategies = [.. shape.Strategies.Select(strategy => strategy with { Aum = Allowed("strategy", strategy.Id, wanted.Strategies.FirstOrDefault(asked => asked.Id == strategy.Id)?.Aum ?? strategy.Aum, standing, raised) })],
        };
        return new DeskChange(effective, [.. rewired, .. raised]);
    }

    /// <summary>Whether an AUM counts without anybody's leave.</summary>
    public static bool IsFree(string key, decimal wanted, DeskStanding standing) =>
        standing.Aums.Latest(key) is not { } inForce || wanted <= inForce || wanted <= standing.Aums.Lowest(key, standing.Now)!.Value * FreeRaise;

    private static decimal Allowed(string kind, string id, decimal wanted, DeskStanding standing, List<string> raised)
    {
        var key = AumHistory.KeyOf(kind, id);
        if (IsFree(key, wanted, standing))
        {
            return wanted;
        }

        var inForce = standing.Aums.Latest(key)!.Value;
        raised.Add($"AUM of {kind} '{id}' from {Text(inForce)} to {Text(wanted)} (more than 10 % above {Text(standing.Aums.Lowest(key, standing.Now)!.Value)}, its lowest of 30 days)");
        return inForce;
    }

    private static bool SameFigures(Desk before, Desk wanted) => !Raises(before, wanted).Any();

    private static IEnumerable<string> Raises(Desk before, Desk wanted)
    {
        var old = AumHistory.Of(before).ToDictionary(figure => figure.Key, figure => figure.Value);
        var now = AumHistory.Of(wanted).ToDictionary(figure => figure.Key, figure => figure.Value);
        return old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Where(key => old.GetValueOrDefault(key) != now.GetValueOrDefault(key))
            .Select(key => $"AUM of {key} from {(old.TryGetValue(key, out var from) ? Text(from) : "none")} to {(now.TryGetValue(key, out var to) ? Text(to) : "none")}");
    }

    private static string Text(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
