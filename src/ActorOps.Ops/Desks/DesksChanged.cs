namespace ActorOps.Ops.Desks;

/// <summary>Published after a registration.</summary>
internal sealed record DesksChanged;
