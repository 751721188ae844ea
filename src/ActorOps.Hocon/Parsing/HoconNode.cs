namespace ActorOps.Hocon.Parsing;

/// <summary>A value as written, before substitution. Instances are compared by reference: each stands for one place in a text.</summary>
internal abstract class HoconNode(SourcePosition position)
{
    public SourcePosition Position { get; } = position;
}
