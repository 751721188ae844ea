using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Desks;

/// <summary>Checks of one desk on its own and against the others.</summary>
public static class DeskValidation
{
    /// <summary>Every error of a desk; empty when it is good.</summary>
    public static IReadOnlyList<string> Errors(Desk desk)
    {
        var errors = new List<string>();
        foreach (var id in Ids(desk).Append(("desk", desk.Id)).Append(("region", desk.Region)).Where(id => !Scope.IsId(id.Item2)))
        {
            errors.Add($"{id.Item1} '{id.Item2}' is not a valid id: use 1 to 100 letters, digits or . _ : -");
        }

        errors.AddRange(Ids(desk).GroupBy(id => id).Where(group => group.Count() > 1).Select(group => $"{group.Key.Kind} '{group.Key.Id}' is named twice"));
        errors.AddRange(DeskBounds.Problems(desk).Select(problem => problem.Detail));
        errors.AddRange(desk.Accounts.Where(account => desk.Brokers.All(broker => broker.Id != account.Broker)).Select(account => $"account '{account.Id}' names the unknown broker '{account.Broker}'"));
        errors.AddRange(desk.Strategies.Where(strategy => desk.Accounts.All(account => account.Id != strategy.Account)).Select(strategy => $"strategy '{strategy.Id}' names the unknown account '{strategy.Account}'"));
        errors.AddRange(desk.Strategies.Where(strategy => desk.Feeds.All(feed => feed.Id != strategy.Feed)).Select(strategy => $"strategy '{strategy.Id}' names the unknown feed '{strategy.Feed}'"));
        errors.AddRange(desk.Brokers.Where(broker => broker.Backup is not null && desk.Brokers.All(other => other.Id != broker.Backup)).Select(broker => $"broker '{broker.Id}' names the unknown backup '{broker.Backup}'"));
        errors.AddRange(desk.Feeds.Where(feed => feed.Backup is not null && desk.Feeds.All(other => other.Id != feed.Backup)).Select(feed => $"feed '{feed.Id}' names the unknown backup '{feed.Backup}'"));
        return errors;
    }

    /// <summary>Targets of a desk that another desk has already; empty when there are none.</summary>
    public static IReadOnlyList<string> Conflicts(Desk desk, IEnumerable<Desk> others)
    {
        var mine = Ids(desk).ToHashSet();
        return [.. others.Where(other => other.Id != desk.Id).SelectMany(other => Ids(other).Where(mine.Contains).Select(id => $"{id.Kind} '{id.Id}' belongs to desk '{other.Id}'"))];
    }

    private static IEnumerable<(string Kind, string Id)> Ids(Desk desk) =>
        desk.Accounts.Select(account => ("account", account.Id))
            .Concat(desk.Strategies.Select(strategy => ("strategy", strategy.Id)))
            .Concat(desk.Feeds.Select(feed => ("feed", feed.Id)))
            .Concat(desk.Brokers.Select(broker => ("broker", broker.Id)))
            .Concat(desk.Components.Select(component => ("component", component)));
}
