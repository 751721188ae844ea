using System.Text.Json.Serialization;

namespace ActorOps.Integrations.Alpaca;

/// <summary>An order as Alpaca writes it: figures are strings, an order by amount has <c>notional</c> and no quantity. Account and strategy are what the paper broker adds.</summary>
internal sealed record AlpacaOrder(
    string? Id,
    string? ClientOrderId,
    string? Symbol,
    [property: JsonConverter(typeof(ExactTextConverter))] string? Qty,
    [property: JsonConverter(typeof(ExactTextConverter))] string? FilledQty,
    [property: JsonConverter(typeof(ExactTextConverter))] string? Notional,
    string? Side,
    string? Status,
    DateTimeOffset? CreatedAt,
    string? Account,
    string? Strategy);

/// <summary>A position as Alpaca writes it; short ones have a negative quantity.</summary>
internal sealed record AlpacaPosition(string? Symbol, [property: JsonConverter(typeof(ExactTextConverter))] string? Qty, string? Side, string? Account, string? Strategy);

/// <summary>A market order to send.</summary>
internal sealed record AlpacaNewOrder(string Symbol, string Qty, string Side, string Type, string TimeInForce, string ClientOrderId, string? Account, string? Strategy);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlpacaOrder))]
[JsonSerializable(typeof(AlpacaPosition))]
[JsonSerializable(typeof(AlpacaNewOrder))]
internal sealed partial class AlpacaJson : JsonSerializerContext;
