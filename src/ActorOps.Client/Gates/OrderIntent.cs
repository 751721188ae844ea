namespace ActorOps.Client.Gates;

/// <summary>An order about to be sent.</summary>
/// <param name="Route">Its scopes, resolved once with <see cref="TradingGate.Route"/>.</param>
/// <param name="SignedQuantity">Above 0 to buy, below to sell.</param>
/// <param name="Position">Own position in the symbol now, signed.</param>
/// <param name="OpenQuantity">Own open quantity in the symbol on the same side, signed like the order.</param>
/// <param name="Price">Price for size caps; 0 when unknown: then a capped scope denies what adds risk.</param>
public readonly record struct OrderIntent(GateRoute Route, double SignedQuantity, double Position, double OpenQuantity, double Price);
