namespace ActorOps.Hocon.Parsing;

internal sealed class ArrayNode(IReadOnlyList<HoconNode> items, SourcePosition position) : HoconNode(position)
{
    public IReadOnlyList<HoconNode> Items { get; } = items;
}
