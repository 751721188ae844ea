namespace ActorOps.Hocon.Parsing;

/// <summary>Values side by side on one line. Whitespace between them is a part of its own, <see cref="IsSpace"/>.</summary>
internal sealed class ConcatenationNode(IReadOnlyList<HoconNode> parts, SourcePosition position) : HoconNode(position)
{
    public IReadOnlyList<HoconNode> Parts { get; } = parts;

    public static bool IsSpace(HoconNode node) => node is SpaceNode;

    internal sealed class SpaceNode(string text, SourcePosition position) : HoconNode(position)
    {
        public string Text { get; } = text;
    }
}
