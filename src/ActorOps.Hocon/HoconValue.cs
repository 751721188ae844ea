namespace ActorOps.Hocon;

/// <summary>A resolved value: an object, an array or a scalar.</summary>
public abstract record HoconValue(SourcePosition Position);
