using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorOps.Ops.Scopes;

/// <summary>A state as its wire name.</summary>
public sealed class TradingStateJsonConverter : JsonConverter<TradingState>
{
    /// <inheritdoc/>
    public override TradingState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TradingStateNames.TryParse(reader.GetString(), out var state) ? state : throw new JsonException($"'{reader.GetString()}' is not a trading state.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TradingState value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToWire());
}
