using ActorOps.Hocon.Parsing;

namespace ActorOps.Hocon.Resolving;

/// <summary>
/// Turns the tree as written into values. A key's values are merged from the last one back, and only as far as needed, so a hidden
/// undefined substitution is not an error. A substitution that meets a value which is being resolved looks back to the values before it:
/// that one rule gives self-reference and <c>+=</c>, and makes a real cycle an undefined value.
/// </summary>
internal sealed class Resolver(ObjectNode root, HoconReadOptions options)
{
    private readonly HashSet<HoconNode> _active = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<HoconNode, HoconValue?> _known = new(ReferenceEqualityComparer.Instance);
    private bool _lookedBack;

    public HoconObject ResolveRoot() => (HoconObject)ResolveNode(root)!;

    /// <summary>What a key's values come to; null when nothing is defined.</summary>
    private HoconValue? ResolveValues(IReadOnlyList<HoconNode> values)
    {
        HoconValue? merged = null;
        for (var i = values.Count - 1; i >= 0; i--)
        {
            if (ResolveOr(values[i], hasEarlier: i > 0) is not { } value)
            {
                continue;
            }

            if (merged is null)
            {
                merged = value;
            }
            else if (value is HoconObject below)
            {
                merged = Merging.Over(below, (HoconObject)merged);
            }
            else
            {
                break;
            }

            if (merged is not HoconObject)
            {
                break;
            }
        }

        return merged;
    }

    /// <summary>A value that turns out to be part of a cycle gives way to the ones before it.</summary>
    private HoconValue? ResolveOr(HoconNode node, bool hasEarlier)
    {
        try
        {
            return ResolveNode(node);
        }
        catch (HoconException cycle) when (cycle.IsCycle && hasEarlier)
        {
            _lookedBack = true;
            return null;
        }
    }

    private HoconValue? ResolveNode(HoconNode node)
    {
        if (_known.TryGetValue(node, out var known))
        {
            return known;
        }

        if (!_active.Add(node))
        {
            throw new HoconException(node.Position, "this value refers to itself");
        }

        var outer = _lookedBack;
        _lookedBack = false;
        try
        {
            var value = Evaluate(node);
            if (!_lookedBack)
            {
                _known[node] = value;
            }

            return value;
        }
        finally
        {
            _active.Remove(node);
            _lookedBack |= outer;
        }
    }

    private HoconValue? Evaluate(HoconNode node) => node switch
    {
        ScalarNode scalar => new HoconScalar(scalar.Text, scalar.Kind, scalar.Position),
        ArrayNode array => new HoconArray([.. array.Items.Select(ResolveNode).OfType<HoconValue>()], array.Position),
        ObjectNode nested => ResolveObject(nested),
        ConcatenationNode concatenation => Merging.Concatenate(concatenation, ResolveNode),
        SubstitutionNode substitution => Substitute(substitution),
        _ => throw new InvalidOperationException($"Unknown node {node.GetType().Name}."),
    };

    private HoconObject ResolveObject(ObjectNode node)
    {
        var fields = new Dictionary<string, HoconValue>(StringComparer.Ordinal);
        foreach (var key in node.Keys)
        {
            if (ResolveValues(node.Values(key)) is { } value)
            {
                fields.Add(key, value);
            }
        }

        return new HoconObject(fields, node.Position);
    }

    private HoconValue? Substitute(SubstitutionNode node)
    {
        var cyclic = false;
        foreach (var path in node.Prefix.Count > 0 ? (IReadOnlyList<string>[])[[.. node.Prefix, .. node.Path], node.Path] : [node.Path])
        {
            if (ResolveValues(Look(path, ref cyclic)) is { } value)
            {
                return value;
            }
        }

        var name = string.Join('.', node.Path);
        if (options.Environment?.Invoke(name) is { } variable)
        {
            return new HoconScalar(variable, HoconScalarKind.Text, node.Position);
        }

        if (node.Optional)
        {
            return null;
        }

        throw new HoconException(node.Position, cyclic
            ? $"${{{name}}} is part of a cycle: it needs its own value"
            : $"${{{name}}} is not defined; define it, or write ${{?{name}}} if it may be absent")
        {
            IsCycle = cyclic,
        };
    }

    /// <summary>The values at a path, less those that are being resolved and what stands after them.</summary>
    private List<HoconNode> Look(IReadOnlyList<string> path, ref bool cyclic)
    {
        List<HoconNode> values = [root];
        foreach (var key in path)
        {
            values = Descend(values, key);
        }

        var active = values.FindIndex(_active.Contains);
        if (active >= 0)
        {
            cyclic = true;
            _lookedBack = true;
            values.RemoveRange(active, values.Count - active);
        }

        return values;
    }

    /// <summary>The values that a key has in what these values merge to, in order.</summary>
    private List<HoconNode> Descend(List<HoconNode> values, string key)
    {
        var found = new List<HoconNode>();
        for (var i = values.Count - 1; i >= 0; i--)
        {
            switch (values[i])
            {
                case ObjectNode node:
                    found.InsertRange(0, node.Values(key));
                    continue;
                case ScalarNode or ArrayNode:
                    return found;
            }

            if (_active.Contains(values[i]))
            {
                _lookedBack = true;
                found.InsertRange(0, LiteralParts(values[i], key));
                continue;
            }

            if (ResolveNode(values[i]) is not { } value)
            {
                continue;
            }

            if (value is not HoconObject resolved)
            {
                return found;
            }

            if (resolved.Fields.TryGetValue(key, out var field))
            {
                found.Insert(0, new ResolvedNode(field));
                _known[found[0]] = field;
            }
        }

        return found;
    }

    private static IEnumerable<HoconNode> LiteralParts(HoconNode node, string key) =>
        node is ConcatenationNode concatenation ? concatenation.Parts.OfType<ObjectNode>().SelectMany(part => part.Values(key)) : [];

    private sealed class ResolvedNode(HoconValue value) : HoconNode(value.Position);
}
