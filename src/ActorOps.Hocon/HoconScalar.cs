namespace ActorOps.Hocon;

/// <summary>A resolved string, number, boolean or null; the text is as written, so <c>1.20</c> stays <c>1.20</c>.</summary>
/// <param name="Text">The text; "null" for null.</param>
/// <param name="Kind">What it was written as.</param>
/// <param name="Position">Where it was last defined.</param>
public sealed record HoconScalar(string Text, HoconScalarKind Kind, SourcePosition Position) : HoconValue(Position);
