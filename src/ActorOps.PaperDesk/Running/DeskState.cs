using ActorOps.PaperDesk.Brokers;
using ActorOps.PaperDesk.Faults;
using ActorOps.PaperDesk.Feeds;
using ActorOps.PaperDesk.Markets;
using ActorOps.PaperDesk.Reporting;
using ActorOps.PaperDesk.Strategies;

namespace ActorOps.PaperDesk.Running;

/// <summary>Everything the desk is made of. <see cref="Sending"/> is held for check-and-send and for what changes open orders.</summary>
internal sealed record DeskState(MarketClock Clock, FaultSchedule Faults, PaperBroker Broker, IReadOnlyList<Strategy> Strategies, DeskSignals Signals)
{
    public required EventLog Log { get; init; }

    public required IReadOnlyList<PaperFeed> Feeds { get; init; }

    /// <summary>Feed that prices come from now.</summary>
    public string ActiveFeed { get; set; } = "spy-primary";

    /// <summary>Lets the desk trade again after it was told not to start by itself.</summary>
    public Action Resume { get; set; } = static () => { };

    public Lock Sending { get; } = new();

    public PaperFeed Active => Feeds.First(feed => feed.Id == ActiveFeed);
}
