using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorOps.Integrations.Alpaca;

/// <summary>A figure that comes as text or as a number, kept as it was written: no digit is lost to a binary fraction.</summary>
internal sealed class ExactTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
