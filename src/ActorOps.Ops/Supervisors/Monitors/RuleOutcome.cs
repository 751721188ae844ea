using ActorOps.Ops.Rules;

namespace ActorOps.Ops.Supervisors.Monitors;

internal readonly record struct RuleOutcome(RuleTracker Rule, RuleStep Step);
