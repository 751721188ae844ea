using System.Text.Json;

namespace ActorOps.Server.Http.Api;

/// <summary>Fields of a JSON object, each read by itself: one that cannot be read is as if it were not there, and is noted.</summary>
internal sealed class TripFields(JsonElement element)
{
    private const int MostIgnored = 20;
    private readonly ILookup<string, JsonElement> _fields = element.EnumerateObject().ToLookup(field => field.Name, field => field.Value, StringComparer.Ordinal);
    private readonly List<string> _ignored = [];

    /// <summary>What could not be read, each with why.</summary>
    public IReadOnlyList<string> Ignored => _ignored;

    /// <summary>The first of these names that is there more than once; null when none is.</summary>
    public string? Twice(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_fields[name].Skip(1).Any())
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>A text; null when it is not there, null itself, or not a text.</summary>
    public string? Text(string name)
    {
        if (One(name) is not { } value)
        {
            return null;
        }

        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : Refuse(name, "expected a text");
        }
        catch (InvalidOperationException)
        {
            return Refuse(name, "half of a character");
        }
    }

    /// <summary>True or false; false when it is not there or neither.</summary>
    public bool Flag(string name)
    {
        var value = One(name);
        if (value is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            Refuse(name, "expected true or false");
        }

        return value is { ValueKind: JsonValueKind.True };
    }

    /// <summary>An id; null when it is not there or not one.</summary>
    public Guid? Id(string name) => Text(name) is not { } text ? null : Guid.TryParse(text, out var id) ? id : Unread(name);

    /// <summary>Notes something that is left out.</summary>
    public void Ignore(string what)
    {
        if (_ignored.Count < MostIgnored)
        {
            _ignored.Add(what);
        }
    }

    private JsonElement? One(string name)
    {
        if (Twice(name) is not null)
        {
            Ignore($"{name}: it is there twice");
            return null;
        }

        return _fields[name].Select(value => (JsonElement?)value).FirstOrDefault() is { ValueKind: not JsonValueKind.Null } one ? one : null;
    }

    private string? Refuse(string name, string why)
    {
        Ignore($"{name}: {why}");
        return null;
    }

    private Guid? Unread(string name)
    {
        Ignore($"{name}: not an id");
        return null;
    }
}
