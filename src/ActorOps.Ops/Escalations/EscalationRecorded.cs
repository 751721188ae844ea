namespace ActorOps.Ops.Escalations;

/// <summary>It is stored.</summary>
internal sealed record EscalationRecorded(Guid Id);
