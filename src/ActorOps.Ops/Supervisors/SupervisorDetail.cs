using ActorOps.Ops.Rules;

namespace ActorOps.Ops.Supervisors;

/// <summary>Everything a supervisor knows.</summary>
/// <param name="Summary">Its summary.</param>
/// <param name="Rules">Every rule, evaluated or not.</param>
/// <param name="Restarts">Restarts of its actor.</param>
/// <param name="Dropped">Signals dropped as repeated or out of order.</param>
/// <param name="Skewed">Signals whose clock was off.</param>
public sealed record SupervisorDetail(SupervisorSummary Summary, IReadOnlyList<RuleReading> Rules, int Restarts, long Dropped, long Skewed);
