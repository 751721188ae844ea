using ActorOps.Ops.Desks;
using ActorOps.Ops.Feeds;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Supervisors;

namespace ActorOps.Ops.Resets;

/// <summary>
/// How the targets of a scope are, whichever nodes supervise them. What nobody reports on is unknown: a node that is silent, a target whose supervisor is
/// not there.
/// </summary>
internal sealed class ScopeWatch(DeskRegistry registry, ActiveFeeds feeds, SignalRouting routing, SupervisorBoard summaries, SupervisionReports reports, IPeers peers)
{
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(5);

    /// <summary>Why the cluster is not in order; null: it is.</summary>
    public string? ClusterProblem()
    {
        var silent = peers.Others.Where(node => reports.SilenceOf(node) is not { } silence || silence > Silent).ToList();
        return silent.Count == 0 ? null : $"no report from {string.Join(", ", silent)}";
    }

    /// <inheritdoc cref="IResetFacts.HealthOf"/>
    public ScopeHealth HealthOf(Scope scope, IReadOnlyCollection<string> ignored)
    {
        var count = 0;
        string? unknown = null;
        foreach (var (target, shard) in TargetsOf(scope))
        {
            count++;
            var trouble = TroubleOf(target, shard);
            if (trouble is { Verdict: Verdict.Critical } && trouble.Rules.Any(rule => !ignored.Contains($"{target} {rule}")))
            {
                return ScopeHealth.Bad($"{target} is critical: {string.Join(", ", trouble.Rules)}");
            }

            unknown ??= trouble is { Verdict: Verdict.Unknown } ? $"{target} is unknown" : null;
        }

        return unknown is not null ? ScopeHealth.Unknown(unknown) : ScopeHealth.Good(count == 0 ? "no registered target is in this scope" : $"{count} targets, none critical");
    }

    /// <summary>Targets whose state matters for a scope, with their shards; a scope's own figures have none.</summary>
    private IEnumerable<(TargetId Target, string? Shard)> TargetsOf(Scope scope)
    {
        var names = new HashSet<TargetId>();
        foreach (var desk in registry.Desks)
        {
            names.UnionWith(In(desk, scope));
        }

        foreach (var own in (IEnumerable<Scope>)[scope, Scope.Firm])
        {
            yield return (new TargetId(TargetKind.Scope, own.ToString()), null);
        }

        foreach (var target in routing.Current.All.Where(target => names.Contains(target.Id)))
        {
            yield return (target.Id, target.Shard);
        }
    }

    private IEnumerable<TargetId> In(Desk desk, Scope scope) => scope.Kind switch
    {
        "firm" or "symbol" => Everything(desk),
        "region" => desk.Region == scope.Id ? Everything(desk) : [],
        "broker" => Of(desk, desk.Strategies.Where(strategy => BrokerOf(desk, strategy) == scope.Id)).Concat(desk.Brokers.Where(broker => broker.Id == scope.Id).Select(broker => new TargetId(TargetKind.Broker, broker.Id))),
        "account" => Of(desk, desk.Strategies.Where(strategy => strategy.Account == scope.Id)),
        _ => Of(desk, desk.Strategies.Where(strategy => strategy.Id == scope.Id)),
    };

    private static IEnumerable<TargetId> Everything(Desk desk) =>
        desk.Strategies.Select(strategy => new TargetId(TargetKind.Strategy, strategy.Id))
            .Concat(desk.Feeds.Select(feed => new TargetId(TargetKind.Feed, feed.Id)))
            .Concat(desk.Brokers.Select(broker => new TargetId(TargetKind.Broker, broker.Id)))
            .Concat(desk.Components.Select(component => new TargetId(TargetKind.Component, component)));

    /// <summary>Strategies with what they trade on now.</summary>
    private IEnumerable<TargetId> Of(Desk desk, IEnumerable<DeskStrategy> strategies) => strategies.SelectMany(strategy => (IEnumerable<TargetId>)
    [
        new(TargetKind.Strategy, strategy.Id),
        new(TargetKind.Feed, feeds.For(strategy.Feed)),
        .. BrokerOf(desk, strategy) is { } broker ? (IEnumerable<TargetId>)[new(TargetKind.Broker, broker)] : [],
    ]);

    private static string? BrokerOf(Desk desk, DeskStrategy strategy) => desk.Accounts.FirstOrDefault(account => account.Id == strategy.Account)?.Broker;

    private TargetTrouble? TroubleOf(TargetId target, string? shard)
    {
        if (shard is null)
        {
            return summaries.Find(target) is { } own ? TargetTrouble.Of(own) : reports.TroubleOf(target);
        }

        return peers.OwnerOf(shard) switch
        {
            { IsHere: true } => summaries.Find(target) is { } here ? TargetTrouble.Of(here) : TargetTrouble.Unseen(target),
            { } owner when reports.SilenceOf(owner.Node) < Silent => reports.TroubleOf(target, owner.Node),
            _ => TargetTrouble.Unseen(target),
        };
    }
}
