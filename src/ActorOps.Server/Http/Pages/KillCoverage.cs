using ActorOps.Ops.Desks;
using ActorOps.Ops.Scopes;

namespace ActorOps.Server.Http.Pages;

/// <summary>What a trip of a scope reaches, as far as desks are registered.</summary>
internal static class KillCoverage
{
    private const int MostNames = 12;

    /// <summary>The firm, and every scope that some desk has; largest first.</summary>
    public static IReadOnlyList<Scope> Scopes(DeskRegistry desks) =>
        [.. desks.Desks.SelectMany(DeskRegistry.ScopesOf).Append(Scope.Firm).Distinct().OrderBy(Rank).ThenBy(scope => scope.ToString(), StringComparer.Ordinal)];

    /// <summary>A sentence such as <c>1 desk (paper), 2 strategies: mean-reversion, momentum</c>.</summary>
    public static string Describe(DeskRegistry desks, Scope scope)
    {
        if (scope.Kind == "symbol")
        {
            return $"orders in {scope.Id} of every desk";
        }

        var reached = desks.Desks.Where(desk => DeskRegistry.ScopesOf(desk).Contains(scope)).OrderBy(desk => desk.Id, StringComparer.Ordinal).ToList();
        var strategies = reached.SelectMany(desk => desk.Strategies.Where(strategy => Covers(scope, desk, strategy))).Select(strategy => strategy.Id).Order(StringComparer.Ordinal).ToList();
        return reached.Count == 0
            ? scope == Scope.Firm ? "the whole firm; no desk is registered yet" : $"nothing: no desk has {scope}"
            : $"{Count(reached.Count, "desk", "desks")} ({Names(reached.Select(desk => desk.Id))}), {Count(strategies.Count, "strategy", "strategies")}{(strategies.Count == 0 ? string.Empty : ": " + Names(strategies))}";
    }

    private static bool Covers(Scope scope, Desk desk, DeskStrategy strategy) => scope.Kind switch
    {
        "strategy" => strategy.Id == scope.Id,
        "account" => strategy.Account == scope.Id,
        "broker" => desk.Accounts.Any(account => account.Id == strategy.Account && account.Broker == scope.Id),
        _ => true,
    };

    private static int Rank(Scope scope) => scope == Scope.Firm ? -1 : Scope.Kinds.ToList().IndexOf(scope.Kind);

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    private static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(MostNames)) + (all.Count > MostNames ? $" and {all.Count - MostNames} more" : string.Empty);
    }
}
