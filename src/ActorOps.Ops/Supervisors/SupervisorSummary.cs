using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;

namespace ActorOps.Ops.Supervisors;

/// <summary>A supervisor's word on its target at one moment.</summary>
/// <param name="Target">The target.</param>
/// <param name="Desk">Its desk; null for scopes of several.</param>
/// <param name="Path">Its logical path: the escalation path read from the left.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reasons">Why it is not Healthy; empty when it is.</param>
/// <param name="LastSignalMs">Boot-time clock of the last signal, ms; null before the first.</param>
public sealed record SupervisorSummary(TargetId Target, string? Desk, string Path, Verdict Verdict, IReadOnlyList<RuleReading> Reasons, long? LastSignalMs);
