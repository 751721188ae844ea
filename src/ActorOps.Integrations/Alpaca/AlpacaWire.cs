using System.Text.Json.Serialization;

namespace ActorOps.Integrations.Alpaca;

/// <summary>An order as Alpaca writes it: figures are strings. Account and strategy are what the paper broker adds.</summary>
internal sealed record AlpacaOrder(string Id, string ClientOrderId, string Symbol, string? Qty, string? FilledQty, string Side, string Status, DateTimeOffset? CreatedAt, string? Account, string? Strategy);

/// <summary>A position as Alpaca writes it; short ones have a negative quantity.</summary>
internal sealed record AlpacaPosition(string Symbol, string Qty, string? Side, string? Account, string? Strategy);

/// <summary>A market order to send.</summary>
internal sealed record AlpacaNewOrder(string Symbol, string Qty, string Side, string Type, string TimeInForce, string ClientOrderId, string? Account, string? Strategy);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlpacaOrder[]))]
[JsonSerializable(typeof(AlpacaPosition[]))]
[JsonSerializable(typeof(AlpacaNewOrder))]
internal sealed partial class AlpacaJson : JsonSerializerContext;
