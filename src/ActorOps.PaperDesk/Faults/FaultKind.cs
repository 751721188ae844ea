namespace ActorOps.PaperDesk.Faults;

/// <summary>A kind of fault, with the rule of ActorOps that sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hits">What it can hit.</param>
/// <param name="Duration">How long it lasts where nothing else is said: long enough for its rule to act.</param>
/// <param name="Rule">The rule that it trips.</param>
/// <param name="Summary">What it does and what comes of it, in a line.</param>
internal sealed record FaultKind(string Name, FaultTarget Hits, TimeSpan Duration, string Rule, string Summary)
{
    /// <summary>All kinds, in the order in which they are listed.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new("feed-stall", FaultTarget.Feed, TimeSpan.FromSeconds(60), "feed-silence", "the feed sends nothing; after 30 s a switch to the backup, with both stalled its strategies are KILLED"),
        new("broker-drop", FaultTarget.Broker, TimeSpan.FromSeconds(60), "session-heartbeat", "the broker session is down; after 20 s a hold at CANCEL_ONLY until it is back"),
        new("loss-shock", FaultTarget.Strategy, TimeSpan.FromSeconds(60), "hourly-pnl", "0.7 % of the strategy's AUM is lost within 5 s; it is KILLED and rolled back"),
        new("slippage", FaultTarget.Strategy, TimeSpan.FromMinutes(5), "slippage-ratio", "fills cost twelve times what they should; after ten of them positions are capped at 0.5 % of AUM"),
        new("stuck-orders", FaultTarget.Broker, TimeSpan.FromMinutes(2), "stuck-orders", "the broker acknowledges nothing; warning after 10 s, critical after 60 s (when it ends, order-latency sees the late answers)"),
        new("drift", FaultTarget.Strategy, TimeSpan.FromMinutes(2), "error-rate", "the model's scores leave their range; the desk refuses them and reports errors, the strategy is tripped REDUCE_ONLY"),
    ];

    /// <summary>A kind by name; null: there is no such fault.</summary>
    public static FaultKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The list for people, a line each.</summary>
    public static string List() => string.Join('\n', All.Select(kind =>
        $"  {kind.Name,-13} {Targets(kind.Hits),-34} {kind.Duration.TotalSeconds,3:0} s  {kind.Rule}: {kind.Summary}"));

    /// <summary>Targets in words; the first is meant where none is named.</summary>
    public static string Targets(FaultTarget hits) => hits switch
    {
        FaultTarget.Feed => "[:spy-primary|spy-backup|both]",
        FaultTarget.Broker => "[:paper-broker]",
        _ => "[:STRATEGY|all]",
    };
}
