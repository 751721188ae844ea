using ActorOps.Hocon.Parsing;

namespace ActorOps.Hocon.Resolving;

/// <summary>How values come together: objects merge, arrays append, scalars join to text.</summary>
internal static class Merging
{
    public static HoconObject Over(HoconObject below, HoconObject above)
    {
        var fields = new Dictionary<string, HoconValue>(below.Fields, StringComparer.Ordinal);
        foreach (var (key, value) in above.Fields)
        {
            fields[key] = fields.TryGetValue(key, out var old) && old is HoconObject lower && value is HoconObject upper ? Over(lower, upper) : value;
        }

        return new HoconObject(fields, above.Position);
    }

    /// <summary>Joins the parts of a line; null when every part is undefined.</summary>
    public static HoconValue? Concatenate(ConcatenationNode node, Func<HoconNode, HoconValue?> resolve)
    {
        var parts = new List<(HoconValue? Value, string? Space)>(node.Parts.Count);
        foreach (var part in node.Parts)
        {
            parts.Add(part is ConcatenationNode.SpaceNode space ? (null, space.Text) : (resolve(part), null));
        }

        var values = parts.Where(part => part.Value is not null).Select(part => part.Value!).ToList();
        if (values.Count == 0)
        {
            return null;
        }

        if (values.TrueForAll(static value => value is HoconObject))
        {
            return values.Cast<HoconObject>().Aggregate(Over);
        }

        if (values.TrueForAll(static value => value is HoconArray))
        {
            return new HoconArray([.. values.Cast<HoconArray>().SelectMany(static array => array.Items)], node.Position);
        }

        if (values.Find(static value => value is not HoconScalar) is { } odd)
        {
            throw new HoconException(odd.Position, "an object or array stands beside a value of another kind; put a newline or ',' between them");
        }

        // A lone value keeps its kind (a number beside an absent ${?x} stays a number).
        return values.Count == 1 && parts.Count == 1
            ? values[0]
            : new HoconScalar(string.Concat(parts.Select(static part => part.Space ?? ((HoconScalar?)part.Value)?.Text)), HoconScalarKind.Text, node.Position);
    }
}
