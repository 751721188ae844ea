namespace ActorOps.Hocon;

/// <summary>A resolved object; keys in the order of their first definition.</summary>
/// <param name="Fields">Values by key.</param>
/// <param name="Position">Where it was last defined.</param>
public sealed record HoconObject(IReadOnlyDictionary<string, HoconValue> Fields, SourcePosition Position) : HoconValue(Position);
