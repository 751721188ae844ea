namespace ActorOps.Ops.Brokers;

/// <summary>An open order as the broker has it.</summary>
/// <param name="OrderId">The broker's id.</param>
/// <param name="ClientOrderId">The desk's id.</param>
/// <param name="Account">Account.</param>
/// <param name="Strategy">Strategy behind it; null: the broker does not say.</param>
/// <param name="Symbol">Symbol.</param>
/// <param name="SignedQuantity">What is left to fill, above 0 to buy; null: the broker states no quantity that can be read. The order can be cancelled all the same.</param>
/// <param name="State">The broker's word for its state.</param>
public sealed record BrokerOrder(string OrderId, string ClientOrderId, string? Account, string? Strategy, string Symbol, decimal? SignedQuantity, string State);
