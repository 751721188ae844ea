namespace ActorOps.Ops.Signals;

/// <summary>
/// Bounds of every number in a signal: the one table, which <c>docs/reference/signals.md</c> repeats. They are far beyond anything real in any currency, and small
/// enough that no sum of what passes them stops being finite.
/// </summary>
internal static class SignalBounds
{
    /// <summary>Longest symbol, bytes of UTF-8: 64 characters of any script.</summary>
    public const int LongestSymbol = 256;

    /// <summary>Longest id of an order or fill, bytes of UTF-8.</summary>
    public const int LongestId = 200;

    private static readonly SignalBound Money = new(-1e13, 1e13, "account currency");
    private static readonly SignalBound Count = new(0, 1e9, "a count");
    private static readonly SignalBound Price = new(-1e12, 1e12, "price");
    private static readonly SignalBound Quantity = new(-1e15, 1e15, "units of the instrument");
    private static readonly SignalBound Latency = new(0, 86_400_000, "ms");
    private static readonly SignalBound Figure = new(-1e15, 1e15, "no unit");
    private static readonly SignalBound?[] Table = Build();

    // Each number of each signal is compared: side by side, without the words.
    private static readonly double[] Least = [.. Table.Select(bound => bound?.Least ?? double.NaN)];
    private static readonly double[] Most = [.. Table.Select(bound => bound?.Most ?? double.NaN)];

    /// <summary>Bound of a field; null when it is not a number.</summary>
    public static SignalBound? Of(SignalField field) => Table[(int)field];

    /// <summary>Whether a field may be this; a field without a bound never is a number.</summary>
    public static bool Holds(SignalField field, double value) => value >= Least[(int)field] && value <= Most[(int)field];

    private static SignalBound?[] Build()
    {
        var table = new SignalBound?[(int)SignalField.Unknown];
        void Set(SignalBound bound, params ReadOnlySpan<SignalField> fields)
        {
            foreach (var field in fields)
            {
                table[(int)field] = bound;
            }
        }

        Set(Money, SignalField.Realized, SignalField.Unrealized, SignalField.Equity, SignalField.Fee);
        Set(Count, SignalField.Count, SignalField.Errors);
        Set(Price, SignalField.Price, SignalField.ArrivalPrice, SignalField.SimulatedPrice, SignalField.Limit, SignalField.Bid, SignalField.Ask, SignalField.Last, SignalField.AvgPrice);
        Set(Quantity, SignalField.Qty);
        Set(Quantity with { Least = 0 }, SignalField.Size);
        Set(Latency, SignalField.RttMs, SignalField.LatencyMs);
        Set(new SignalBound(0, 1L << 53, "a number in a sequence"), SignalField.Seq);
        Set(Figure, SignalField.Value, SignalField.Score);
        Set(new SignalBound(0, 1, "1 or 0"), SignalField.Label);
        return table;
    }
}
