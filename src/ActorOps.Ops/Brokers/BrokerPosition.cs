namespace ActorOps.Ops.Brokers;

/// <summary>A position as the broker has it.</summary>
/// <param name="Account">Account.</param>
/// <param name="Strategy">Strategy it is kept for; null: the broker does not say.</param>
/// <param name="Symbol">Symbol.</param>
/// <param name="SignedQuantity">Above 0: long.</param>
public sealed record BrokerPosition(string? Account, string? Strategy, string Symbol, decimal SignedQuantity);
