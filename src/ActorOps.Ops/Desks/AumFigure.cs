namespace ActorOps.Ops.Desks;

/// <summary>An AUM and since when it has been in force; it ends where the next one begins.</summary>
/// <param name="At">Since when.</param>
/// <param name="Value">Base currency.</param>
internal readonly record struct AumFigure(DateTimeOffset At, decimal Value);
