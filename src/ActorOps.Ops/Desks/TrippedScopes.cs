using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Desks;

/// <summary>Nobody leaves a scope by registration while a trip stands on it.</summary>
internal static class TrippedScopes
{
    /// <summary>Why a desk may not become this: what would leave which tripped scope. Null: nothing would.</summary>
    public static string? Left(Desk before, Desk wanted, IReadOnlyCollection<Scope> tripped)
    {
        if (tripped.Contains(Scope.Of("region", before.Region)) && wanted.Region != before.Region)
        {
            return $"the desk would leave region/{before.Region}, which is tripped";
        }

        var after = Members(wanted).ToDictionary(member => member.Member, member => member.Scopes);
        foreach (var (member, scopes) in Members(before))
        {
            foreach (var scope in scopes.Where(tripped.Contains))
            {
                if (!after.TryGetValue(member, out var now))
                {
                    return member == scope ? $"{scope} is tripped and is missing from this registration" : $"{member} is in {scope}, which is tripped, and is missing from this registration";
                }

                if (!now.Contains(scope))
                {
                    return $"{member} would leave {scope}, which is tripped";
                }
            }
        }

        var gone = before.Brokers.Select(broker => Scope.Broker(broker.Id)).Except(wanted.Brokers.Select(broker => Scope.Broker(broker.Id))).FirstOrDefault(tripped.Contains);
        return gone is null ? null : $"{gone} is tripped and is missing from this registration";
    }

    /// <summary>Whether a trip stands on a part of a desk, from which a new name could escape.</summary>
    public static bool IsTripped(Desk desk, IReadOnlyCollection<Scope> tripped) =>
        Members(desk).SelectMany(member => member.Scopes).Concat(desk.Brokers.Select(broker => Scope.Broker(broker.Id))).Any(tripped.Contains);

    /// <summary>Strategies and accounts with the scopes that they are in, below region and firm.</summary>
    private static IEnumerable<(Scope Member, Scope[] Scopes)> Members(Desk desk)
    {
        var brokers = desk.Accounts.ToDictionary(account => account.Id, account => account.Broker);
        return desk.Accounts.Select(account => (Scope.Of("account", account.Id), (Scope[])[Scope.Of("account", account.Id), Scope.Broker(account.Broker)]))
            .Concat(desk.Strategies.Select(strategy => (Scope.Strategy(strategy.Id), (Scope[])[Scope.Strategy(strategy.Id), Scope.Of("account", strategy.Account), Scope.Broker(brokers[strategy.Account])])));
    }
}
