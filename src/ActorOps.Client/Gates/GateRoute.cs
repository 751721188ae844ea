namespace ActorOps.Client.Gates;

/// <summary>All scopes of a kind of order, resolved once. The gate keeps its state up to date; an order only reads it.</summary>
public sealed class GateRoute
{
    internal GateRoute(string strategy, string symbol, IReadOnlyList<string> scopes) => (Strategy, Symbol, Scopes) = (strategy, symbol, scopes);

    /// <summary>The strategy.</summary>
    public string Strategy { get; }

    /// <summary>The symbol.</summary>
    public string Symbol { get; }

    /// <summary>Every scope that contains such an order.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>Level over all scopes, permits aside.</summary>
    public TradingLevel Level => (TradingLevel)Volatile.Read(ref LevelValue);

    /// <summary>Smallest factor on the normal size over all scopes, 0 to 1.</summary>
    public double SizeFactor { get; internal set; } = 1;

    /// <summary>Whether not even a reduction leaves once the permit has ended.</summary>
    public bool HaltsOnIsolation => Volatile.Read(ref ExpiredLevelValue) > (int)TradingLevel.ReduceOnly;

    internal int ExpiredLevelValue;

    internal int LevelValue = (int)TradingLevel.ReduceOnly;

    /// <summary>Largest |position| in money; infinity: no cap.</summary>
    internal double MaximumNotional = double.PositiveInfinity;
}
