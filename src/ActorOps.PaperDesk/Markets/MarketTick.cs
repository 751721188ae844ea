namespace ActorOps.PaperDesk.Markets;

/// <summary>A trade in the market.</summary>
/// <param name="Time">Market time since the first tick.</param>
/// <param name="Price">US dollars.</param>
/// <param name="Size">Shares.</param>
internal readonly record struct MarketTick(TimeSpan Time, decimal Price, int Size);
