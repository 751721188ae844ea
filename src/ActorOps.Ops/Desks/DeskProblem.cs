namespace ActorOps.Ops.Desks;

/// <summary>A field of a desk that may not be what it is.</summary>
/// <param name="Pointer">Where it stands in the desk (JSON pointer).</param>
/// <param name="Detail">What was found and what was expected.</param>
public sealed record DeskProblem(string Pointer, string Detail);
