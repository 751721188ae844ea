namespace ActorOps.Ops.Signals;

/// <summary>One parsed line. A value without references for the frequent types; <see cref="Detail"/> carries texts where there are some.</summary>
public struct Signal
{
    private double _a;
    private double _b;
    private double _c;
    private double _d;

    /// <summary>Type.</summary>
    public SignalType Type { get; set; }

    /// <summary>The sender's clock is more than 5 s off, or the line has no time: <see cref="AtMs"/> is the receive time then.</summary>
    public bool Skewed { get; set; }

    /// <summary>Order state of an order signal.</summary>
    public OrderState OrderState { get; set; }

    /// <summary>Number of the principal that sent it; with the type it names a source.</summary>
    public ushort Principal { get; set; }

    /// <summary>Node's boot-time clock at receipt, ms.</summary>
    public long ReceivedMs { get; set; }

    /// <summary>When it happened, Unix ms.</summary>
    public long AtMs { get; set; }

    /// <summary>Exchange time of a tick or submission time of an order, Unix ms; 0 when absent.</summary>
    public long OriginMs { get; set; }

    /// <summary>Feed's sequence number of a tick, or count of an operation; -1 when absent.</summary>
    public long Sequence { get; set; }

    /// <summary>Hash of the symbol.</summary>
    public ulong SymbolKey { get; set; }

    /// <summary>Texts of orders, fills and errors.</summary>
    public SignalDetail? Detail { get; set; }

    /// <summary>Realised P&amp;L of the day; account currency.</summary>
    public double Realized { readonly get => _a; set => _a = value; }

    /// <summary>Unrealised P&amp;L.</summary>
    public double Unrealized { readonly get => _b; set => _b = value; }

    /// <summary>What stands for an equity that was sent and refused: drawdown is unknown then, and is not taken from other figures.</summary>
    public const double RefusedEquity = double.PositiveInfinity;

    /// <summary>Equity; NaN when absent, <see cref="RefusedEquity"/> when it was refused.</summary>
    public double Equity { readonly get => _c; set => _c = value; }

    /// <summary>Price of a tick (last, else mid) or fill.</summary>
    public double Price { readonly get => _a; set => _a = value; }

    /// <summary>Quantity, above 0; of a position: signed.</summary>
    public double Quantity { readonly get => _b; set => _b = value; }

    /// <summary>Price when the order was decided; NaN when absent.</summary>
    public double ArrivalPrice { readonly get => _c; set => _c = value; }

    /// <summary>Price the simulation gave the same order; NaN when absent.</summary>
    public double SimulatedPrice { readonly get => _d; set => _d = value; }

    /// <summary>Buy is +1, sell is -1, for orders; stands in the simulated price's place.</summary>
    public double OrderSide { readonly get => _d; set => _d = value; }

    /// <summary>Operations counted.</summary>
    public double Count { readonly get => _a; set => _a = value; }

    /// <summary>Errors among them.</summary>
    public double Errors { readonly get => _b; set => _b = value; }

    /// <summary>Latency or round trip, ms; NaN when absent.</summary>
    public double LatencyMs { readonly get => _c; set => _c = value; }

    /// <summary>Value of a metric, score of a prediction.</summary>
    public double Value { readonly get => _a; set => _a = value; }

    /// <summary>Label of a prediction, 1 or 0; NaN when not known yet.</summary>
    public double Label { readonly get => _b; set => _b = value; }
}
