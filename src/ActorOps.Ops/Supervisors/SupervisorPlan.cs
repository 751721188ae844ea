using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Supervisors;

/// <summary>Which supervisors the registry calls for.</summary>
internal sealed record SupervisorPlan(TargetId Target, Desk? Desk, string Path, Scope? Scope, Func<TargetMonitor> Monitor)
{
    /// <summary>Targets that a strategy contributes to.</summary>
    public IReadOnlyList<TargetId> Above { get; init; } = [];

    /// <summary>Members of a scope.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Tells a running supervisor all that a registration can change: it takes that without starting over, and its windows survive. Null: there is nothing.</summary>
    public SupervisorCommand? Update { get; init; }

    /// <summary>Equal for plans that ask for the same.</summary>
    public string Fingerprint => $"{Path}|{Figures}";

    /// <summary>Home region.</summary>
    public required string Region { get; init; }

    /// <summary>Shard of the region that it belongs to.</summary>
    public string Shard { get; init; } = string.Empty;

    private string Figures { get; init; } = string.Empty;

    public static List<SupervisorPlan> For(DeskRegistry registry, RuleOptions options, Func<string, string, string> shardOf)
    {
        var desks = registry.Desks.OrderBy(desk => desk.Id, StringComparer.Ordinal).ToList();
        var plans = new List<SupervisorPlan>();
        foreach (var desk in desks)
        {
            plans.AddRange(desk.Strategies.Select(strategy => ForStrategy(desk, strategy, options)));
            plans.AddRange(desk.Feeds.Select(feed => Plain(desk, new TargetId(TargetKind.Feed, feed.Id), null, id => new FeedMonitor(id, options))));
            plans.AddRange(desk.Brokers.Select(broker => Plain(desk, new TargetId(TargetKind.Broker, broker.Id), Scope.Broker(broker.Id), id => new BrokerMonitor(id, options))));
            plans.AddRange(desk.Components.Select(component => Plain(desk, new TargetId(TargetKind.Component, component), null, id => new ComponentMonitor(id, options))));
        }

        plans.AddRange(ScopePlans(desks, options));
        return [.. plans.Select(plan => plan with { Shard = shardOf(plan.Region, plan.Target.ToString()) })];
    }

    private static SupervisorPlan ForStrategy(Desk desk, DeskStrategy strategy, RuleOptions options)
    {
        var account = desk.Accounts.First(candidate => candidate.Id == strategy.Account);
        return Plain(desk, new TargetId(TargetKind.Strategy, strategy.Id), Scope.Strategy(strategy.Id), id => new StrategyMonitor(id, (double)strategy.Aum, options)) with
        {
            Above = [.. ((Scope[])[Scope.Firm, Scope.Of("region", desk.Region), Scope.Broker(account.Broker), Scope.Of("account", account.Id)]).Select(ScopeTarget)],
            Update = new SupervisorCommand.SetAum((double)strategy.Aum),
            Figures = $"{strategy.Aum}",
        };
    }

    private static SupervisorPlan Plain(Desk desk, TargetId target, Scope? scope, Func<TargetId, TargetMonitor> monitor) =>
        new(target, desk, $"/engineering/admin/operator-{desk.Region}/{target.Kind.Folder()}/{target.Id}", scope, () => monitor(target)) { Region = desk.Region };

    private static IEnumerable<SupervisorPlan> ScopePlans(List<Desk> desks, RuleOptions options)
    {
        if (desks.Count == 0)
        {
            return [];
        }

        var accounts = desks.SelectMany(desk => desk.Accounts.Select(account => (Desk: desk, Account: account, Strategies: desk.Strategies.Where(strategy => strategy.Account == account.Id).ToList()))).ToList();
        return ((IEnumerable<SupervisorPlan>)[
            ForScope(Scope.Firm, desks.Sum(desk => desk.Aum), desks.SelectMany(desk => desk.Strategies), desks.Min(desk => desk.Region)!, "/engineering/admin", options),
            .. desks.GroupBy(desk => desk.Region).Select(region => ForScope(Scope.Of("region", region.Key), region.Sum(desk => desk.Aum), region.SelectMany(desk => desk.Strategies), region.Key, $"/engineering/admin/operator-{region.Key}", options)),
            .. accounts.GroupBy(item => item.Account.Broker).Select(broker => (broker.Key, Items: broker, Region: broker.Min(item => item.Desk.Region)!))
                .Select(broker => ForScope(Scope.Broker(broker.Key), broker.Items.Sum(item => item.Account.Aum), broker.Items.SelectMany(item => item.Strategies), broker.Region, $"/engineering/admin/operator-{broker.Region}", options)),
            .. accounts.Select(item => ForScope(Scope.Of("account", item.Account.Id), item.Account.Aum, item.Strategies, item.Desk.Region, $"/engineering/admin/operator-{item.Desk.Region}", options)),
        ]).Where(plan => plan.Members.Count > 0);
    }

    private static SupervisorPlan ForScope(Scope scope, decimal aum, IEnumerable<DeskStrategy> strategies, string region, string parent, RuleOptions options)
    {
        var target = ScopeTarget(scope);
        var members = strategies.Select(strategy => strategy.Id).ToList();
        return new SupervisorPlan(target, null, $"{parent}/scopes/{target.Id}", scope, () => new ScopeMonitor(target, (double)aum, members, options))
        {
            Region = region,
            Members = members,
            Update = new SupervisorCommand.SetMembers((double)aum, members),
            Figures = $"{aum} {string.Join(',', members)}",
        };
    }

    private static TargetId ScopeTarget(Scope scope) => new(TargetKind.Scope, scope.ToString().Replace('/', ':'));
}
