using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorOps.Integrations.Alertmanager;

/// <summary>Reads one alert of a batch. One odd field does not hide the rest: what an alert asks for is in its labels.</summary>
public static class AlertReader
{
    /// <summary>Of a key that is there twice, two readers could take either: such an alert is named, and what can be read of it counts.</summary>
    private static readonly JsonTypeInfo<AlertmanagerAlert> Strict = (JsonTypeInfo<AlertmanagerAlert>)new JsonSerializerOptions(AlertmanagerJson.Default.Options) { AllowDuplicateProperties = false }.GetTypeInfo(typeof(AlertmanagerAlert));

    /// <summary>The alert, as far as it can be read, and what of it could not be; no alert when it has no labels to go by.</summary>
    public static (AlertmanagerAlert? Alert, string? Problem) Read(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Null ? (null, null)
                : element.Deserialize(Strict) is { Labels: { } labels } alert && labels.Values.Any(value => value is null) ? (Salvage(element), null)
                : (element.Deserialize(Strict), null);
        }
        catch (JsonException error)
        {
            return (Salvage(element), $"not an alert in full: {error.Path} {error.Message.Split(" Path:")[0]}");
        }
    }

    private static AlertmanagerAlert? Salvage(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var labels = Texts(element, "labels");
        return labels.Count == 0 ? null : new AlertmanagerAlert
        {
            Status = element.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String ? status.GetString() : "firing",
            Labels = labels,
            Annotations = Texts(element, "annotations"),
        };
    }

    /// <summary>Its texts; a value that is not one is kept as it is written, so that it is named and never taken for absent.</summary>
    private static Dictionary<string, string> Texts(JsonElement element, string name)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (element.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in found.EnumerateObject())
            {
                texts[property.Name] = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
            }
        }

        return texts;
    }
}
