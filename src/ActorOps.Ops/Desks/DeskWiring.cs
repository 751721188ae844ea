namespace ActorOps.Ops.Desks;

/// <summary>Changes of what a desk is made of that would take a limit, a watch or a fallback from it.</summary>
internal static class DeskWiring
{
    /// <summary>Each of them in words; what only adds a watch, or takes a strategy or an account away, is not among them.</summary>
    public static IEnumerable<string> Changes(Desk before, Desk wanted, DeskStanding standing) =>
    [
        .. Changed("region of the desk", before.Region, wanted.Region),
        .. Changed("currency of the desk", before.BaseCurrency, wanted.BaseCurrency),
        .. Pairs(before.Accounts, wanted.Accounts, account => account.Id).SelectMany(pair => Changed($"broker of account '{pair.Old.Id}'", pair.Old.Broker, pair.New.Broker)),
        .. Pairs(before.Strategies, wanted.Strategies, strategy => strategy.Id).SelectMany(Changed),
        .. Pairs(before.Feeds, wanted.Feeds, feed => feed.Id).SelectMany(pair => Lost($"backup of feed '{pair.Old.Id}'", pair.Old.Backup, pair.New.Backup)),
        .. Pairs(before.Brokers, wanted.Brokers, broker => broker.Id).SelectMany(pair => Lost($"backup of broker '{pair.Old.Id}'", pair.Old.Backup, pair.New.Backup)),
        .. Gone("feed", before.Feeds.Select(feed => feed.Id), wanted.Feeds.Select(feed => feed.Id)),
        .. Gone("broker", before.Brokers.Select(broker => broker.Id), wanted.Brokers.Select(broker => broker.Id)),
        .. Gone("component", before.Components, wanted.Components),
        .. Widened(before, wanted, standing),
        .. standing.IsTripped ? wanted.Strategies.Where(strategy => before.Strategies.All(known => known.Id != strategy.Id)).Select(strategy => $"strategy '{strategy.Id}' is new while a trip stands on the desk") : [],
    ];

    private static IEnumerable<(T Old, T New)> Pairs<T>(IEnumerable<T> before, IEnumerable<T> wanted, Func<T, string> id) => before.Join(wanted, id, id, (old, asked) => (old, asked));

    private static IEnumerable<string> Changed((DeskStrategy Old, DeskStrategy New) pair) =>
    [
        .. Changed($"account of strategy '{pair.Old.Id}'", pair.Old.Account, pair.New.Account),
        .. Changed($"feed of strategy '{pair.Old.Id}'", pair.Old.Feed, pair.New.Feed),
        .. Lost($"model of strategy '{pair.Old.Id}'", pair.Old.Model, pair.New.Model),
    ];

    private static IEnumerable<string> Changed(string what, string before, string wanted) => before == wanted ? [] : [$"{what} from '{before}' to '{wanted}'"];

    private static IEnumerable<string> Lost(string what, string? before, string? wanted) => before is null || before == wanted ? [] : [$"{what} from '{before}' to {(wanted is null ? "none" : $"'{wanted}'")}"];

    private static IEnumerable<string> Gone(string kind, IEnumerable<string> before, IEnumerable<string> wanted) => before.Except(wanted).Select(id => $"{kind} '{id}' is no longer watched");

    /// <summary>A new account at a broker that the desk has had raises the base of the broker's limits.</summary>
    private static IEnumerable<string> Widened(Desk before, Desk wanted, DeskStanding standing) => wanted.Accounts
        .Where(account => before.Accounts.All(known => known.Id != account.Id))
        .GroupBy(account => account.Broker)
        .Where(broker => !DeskChangeDecider.IsFree(AumHistory.KeyOf("broker", broker.Key), wanted.Accounts.Where(account => account.Broker == broker.Key).Sum(account => account.Aum), standing))
        .Select(broker => $"account '{broker.First().Id}' is new at broker '{broker.Key}', whose limits it would widen by more than 10 %");
}
