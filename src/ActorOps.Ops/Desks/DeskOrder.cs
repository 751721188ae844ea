using System.Text.Json;

namespace ActorOps.Ops.Desks;

/// <summary>One form for registrations that say the same. The order of their lists says nothing.</summary>
public static class DeskOrder
{
    /// <summary>True when both name the same things with the same figures.</summary>
    public static bool Same(Desk a, Desk b) => Text(a) == Text(b);

    /// <summary>The registration as text, its lists in the order of their names.</summary>
    internal static string Text(Desk desk) => JsonSerializer.Serialize(
        desk with
        {
            Accounts = [.. desk.Accounts.OrderBy(account => account.Id, StringComparer.Ordinal)],
            Strategies = [.. desk.Strategies.OrderBy(strategy => strategy.Id, StringComparer.Ordinal)],
            Feeds = [.. desk.Feeds.OrderBy(feed => feed.Id, StringComparer.Ordinal)],
            Brokers = [.. desk.Brokers.OrderBy(broker => broker.Id, StringComparer.Ordinal)],
            Components = [.. desk.Components.Order(StringComparer.Ordinal)],
        },
        DeskJson.Default.Desk);
}
