namespace ActorOps.Hocon;

/// <summary>A resolved array.</summary>
/// <param name="Items">Its elements.</param>
/// <param name="Position">Where it was last defined.</param>
public sealed record HoconArray(IReadOnlyList<HoconValue> Items, SourcePosition Position) : HoconValue(Position);
