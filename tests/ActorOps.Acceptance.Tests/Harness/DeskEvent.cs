using System.Text.Json;

namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>One line of the paper desk's JSON log.</summary>
public sealed record DeskEvent(string Name, long MonotonicNs, JsonElement Fields)
{
    public bool IsIncreasingOrder => Name == "order-sent" && Fields.GetProperty("increasing").GetBoolean();

    public string? Text(string field) => Fields.TryGetProperty(field, out var value) ? value.ToString() : null;

    public static DeskEvent? Parse(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        using var json = JsonDocument.Parse(line);
        var root = json.RootElement.Clone();
        return new DeskEvent(root.GetProperty("event").GetString()!, root.GetProperty("monotonicNs").GetInt64(), root);
    }
}
