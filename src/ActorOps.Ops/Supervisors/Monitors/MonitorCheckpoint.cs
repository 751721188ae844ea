namespace ActorOps.Ops.Supervisors.Monitors;

/// <summary>What a restart or a move must not lose.</summary>
internal sealed record MonitorCheckpoint
{
    /// <summary>Wall clock of the save, Unix ms.</summary>
    public long SavedAtMs { get; init; }

    /// <summary>The verdict was another one than Unknown.</summary>
    public bool WasKnown { get; init; }

    /// <summary>Day number of the last P&amp;L sample, days since 1970 UTC.</summary>
    public long Day { get; init; }

    /// <summary>Cumulative P&amp;L of that day.</summary>
    public double DayPnl { get; init; }

    /// <summary>What is added to <see cref="DayPnl"/> for the day's limit, since the AUM has changed.</summary>
    public double DayShift { get; init; }

    /// <summary>P&amp;L of the days before.</summary>
    public double Carried { get; init; }

    /// <summary>Highest of AUM plus P&amp;L.</summary>
    public double Peak { get; init; }

    /// <summary>Highest equity that was sent; NaN: none was; null: an older version kept one peak for both.</summary>
    public double? EquityPeak { get; init; }

    /// <summary>AUM that the money here is measured against; null: an older version did not say.</summary>
    public double? Aum { get; init; }

    /// <summary>Minute buckets of the hour, newest first.</summary>
    public double[] Hour { get; init; } = [];

    /// <summary>Minute buckets of ordered and filled quantity and of the count of orders, newest first.</summary>
    public double[] Ordered { get; init; } = [];

    /// <inheritdoc cref="Ordered"/>
    public double[] Filled { get; init; } = [];

    /// <inheritdoc cref="Ordered"/>
    public double[] Orders { get; init; } = [];

    /// <summary>Members of a scope: last cumulative P&amp;L and day by strategy.</summary>
    public Dictionary<string, double[]>? Members { get; init; }
}
