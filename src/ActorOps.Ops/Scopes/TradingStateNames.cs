namespace ActorOps.Ops.Scopes;

/// <summary>Names of the states on the wire.</summary>
public static class TradingStateNames
{
    private static readonly string[] Names = ["ACTIVE", "REDUCE_ONLY", "CANCEL_ONLY", "KILLED"];

    /// <summary>The wire name, such as <c>REDUCE_ONLY</c>.</summary>
    public static string ToWire(this TradingState state) => Names[(int)state];

    /// <summary>Reads a wire name in any case, dashes for underscores allowed. False for any other text.</summary>
    public static bool TryParse(string? text, out TradingState state)
    {
        var index = Array.FindIndex(Names, name => name.Equals(text?.Replace('-', '_'), StringComparison.OrdinalIgnoreCase));
        state = (TradingState)Math.Max(index, 0);
        return index >= 0;
    }
}
