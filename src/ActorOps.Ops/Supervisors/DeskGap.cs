namespace ActorOps.Ops.Supervisors;

/// <summary>Lines of a desk's stream were lost.</summary>
internal sealed record DeskGap(string Desk);
