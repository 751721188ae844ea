using System.Text.Json.Serialization;

namespace ActorOps.PaperDesk.Brokers;

/// <summary>An order as the paper broker shows it: Alpaca's form, with account and strategy.</summary>
internal sealed record WireOrder(string Id, string ClientOrderId, string Symbol, string Qty, string FilledQty, string Side, string Status, DateTimeOffset CreatedAt, string Account, string Strategy);

/// <summary>A position.</summary>
internal sealed record WirePosition(string Symbol, string Qty, string Side, string Account, string Strategy);

/// <summary>An order that somebody sends beside the desk.</summary>
internal sealed record WireNewOrder(string? Symbol, string? Qty, string? Side, string? ClientOrderId, string? Strategy);

/// <summary>A refusal.</summary>
internal sealed record WireError(int Code, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WireOrder[]))]
[JsonSerializable(typeof(WireOrder))]
[JsonSerializable(typeof(WirePosition[]))]
[JsonSerializable(typeof(WireNewOrder))]
[JsonSerializable(typeof(WireError))]
internal sealed partial class BrokerJson : JsonSerializerContext;
