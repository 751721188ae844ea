using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorOps.Ops.Scopes;

/// <summary>A scope as its text.</summary>
public sealed class ScopeJsonConverter : JsonConverter<Scope>
{
    /// <inheritdoc/>
    public override Scope Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Scope.TryParse(reader.GetString(), out var scope) ? scope : throw new JsonException($"'{reader.GetString()}' is not a valid scope.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Scope value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
