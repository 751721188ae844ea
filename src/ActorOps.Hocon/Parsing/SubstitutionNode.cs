namespace ActorOps.Hocon.Parsing;

/// <summary><c>${path}</c> or <c>${?path}</c>. In an included text the path is tried below the including key first.</summary>
internal sealed class SubstitutionNode(IReadOnlyList<string> path, bool optional, IReadOnlyList<string> prefix, SourcePosition position) : HoconNode(position)
{
    public IReadOnlyList<string> Path { get; } = path;

    public bool Optional { get; } = optional;

    public IReadOnlyList<string> Prefix { get; } = prefix;
}
