namespace ActorOps.Hocon.Parsing;

/// <summary>
/// An object as written. A key holds every value ever given to it, in order: what they come to (last wins, objects merge, a substitution
/// looks back) is the resolver's business.
/// </summary>
internal sealed class ObjectNode(SourcePosition position) : HoconNode(position)
{
    private readonly Dictionary<string, List<HoconNode>> _fields = new(StringComparer.Ordinal);

    public IEnumerable<string> Keys => _fields.Keys;

    public IReadOnlyList<HoconNode> Values(string key) => _fields.TryGetValue(key, out var values) ? values : [];

    public void Add(IReadOnlyList<string> path, HoconNode value)
    {
        for (var i = path.Count - 1; i > 0; i--)
        {
            var outer = new ObjectNode(value.Position);
            outer.AddField(path[i], value);
            value = outer;
        }

        AddField(path[0], value);
    }

    public void Merge(ObjectNode other)
    {
        foreach (var (key, values) in other._fields)
        {
            foreach (var value in values)
            {
                AddField(key, value);
            }
        }
    }

    private void AddField(string key, HoconNode value)
    {
        if (!_fields.TryGetValue(key, out var values))
        {
            _fields.Add(key, values = []);
        }

        values.Add(value);
    }
}
