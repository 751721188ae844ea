using ActorOps.Ops.Desks;

namespace ActorOps.Server.Configuration;

internal sealed class DeskOptions
{
    public string Region { get; init; } = string.Empty;

    public string BaseCurrency { get; init; } = "USD";

    public decimal Aum { get; init; }

    public Dictionary<string, AccountOptions> Accounts { get; init; } = [];

    public Dictionary<string, StrategyOptions> Strategies { get; init; } = [];

    public Dictionary<string, ConnectionOptions> Feeds { get; init; } = [];

    public Dictionary<string, ConnectionOptions> Brokers { get; init; } = [];

    public List<string> Components { get; init; } = [];

    public Desk ToDesk(string id, string region) => new(id, Region.Length == 0 ? region : Region, BaseCurrency, Aum)
    {
        Accounts = [.. Accounts.Select(account => new DeskAccount(account.Key, account.Value.Broker, account.Value.Aum == 0 ? Aum : account.Value.Aum))],
        Strategies = [.. Strategies.Select(strategy => new DeskStrategy(strategy.Key, strategy.Value.Account, strategy.Value.Feed, strategy.Value.Aum, strategy.Value.Model.Length == 0 ? null : strategy.Value.Model))],
        Feeds = [.. Feeds.Select(feed => new DeskFeed(feed.Key, feed.Value.Backup.Length == 0 ? null : feed.Value.Backup))],
        Brokers = [.. Brokers.Select(broker => new DeskBroker(broker.Key, broker.Value.Backup.Length == 0 ? null : broker.Value.Backup))],
        Components = Components,
    };
}

internal sealed class AccountOptions
{
    public string Broker { get; init; } = string.Empty;

    public decimal Aum { get; init; }
}

internal sealed class StrategyOptions
{
    public string Account { get; init; } = string.Empty;

    public string Feed { get; init; } = string.Empty;

    public decimal Aum { get; init; }

    public string Model { get; init; } = string.Empty;
}

internal sealed class ConnectionOptions
{
    public string Backup { get; init; } = string.Empty;
}
