namespace ActorOps.Hocon;

/// <summary>A place in a configuration text.</summary>
/// <param name="File">Path or name of the text.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}";
}
