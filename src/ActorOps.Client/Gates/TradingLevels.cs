namespace ActorOps.Client.Gates;

/// <summary>Wire names of levels.</summary>
public static class TradingLevels
{
    private static readonly string[] Names = ["ACTIVE", "REDUCE_ONLY", "CANCEL_ONLY", "KILLED"];

    /// <summary>The wire name.</summary>
    public static string ToWire(this TradingLevel level) => Names[(int)level];

    /// <summary>Reads a wire name; one that this version does not know counts as KILLED.</summary>
    public static TradingLevel Parse(string name)
    {
        var index = Array.IndexOf(Names, name);
        return index >= 0 ? (TradingLevel)index : TradingLevel.Killed;
    }
}
