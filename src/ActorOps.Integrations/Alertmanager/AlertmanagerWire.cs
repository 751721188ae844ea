using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorOps.Integrations.Alertmanager;

/// <summary>An alert as Prometheus sends it and as Alertmanager's webhook does.</summary>
public sealed record AlertmanagerAlert
{
    /// <summary><c>firing</c> or <c>resolved</c>; absent from Prometheus.</summary>
    public string? Status { get; init; }

    /// <summary>What it is: the same labels are the same alert.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Words about it.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>When it ended or will count as ended; year 1 while Alertmanager sees it firing.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}

/// <summary>A notification of Alertmanager's webhook, version 4.</summary>
public sealed record AlertmanagerWebhook
{
    /// <summary>Version of the form.</summary>
    public string? Version { get; init; }

    /// <summary>Its alerts, each to be read by itself.</summary>
    public IReadOnlyList<JsonElement>? Alerts { get; init; }
}

/// <summary>JSON of both.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AlertmanagerAlert))]
[JsonSerializable(typeof(JsonElement[]))]
[JsonSerializable(typeof(AlertmanagerWebhook))]
public sealed partial class AlertmanagerJson : JsonSerializerContext;
