namespace ActorOps.Ops.Resets;

/// <summary>A run of the fixed system that traded nothing, as the person who asks for a reset attests it.</summary>
/// <param name="From">Its begin.</param>
/// <param name="Until">Its end.</param>
/// <param name="Pnl">Its profit and loss, in any currency: only the sign counts.</param>
/// <param name="SlippageRatio">Realised over simulated cost.</param>
public sealed record ShadowRun(DateTimeOffset From, DateTimeOffset Until, decimal Pnl, double SlippageRatio);
