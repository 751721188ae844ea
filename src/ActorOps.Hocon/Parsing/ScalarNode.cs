namespace ActorOps.Hocon.Parsing;

internal sealed class ScalarNode(string text, HoconScalarKind kind, SourcePosition position) : HoconNode(position)
{
    public string Text { get; } = text;

    public HoconScalarKind Kind { get; } = kind;
}
