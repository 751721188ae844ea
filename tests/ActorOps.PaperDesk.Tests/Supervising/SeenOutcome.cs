using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;

namespace ActorOps.PaperDesk.Tests.Supervising;

/// <summary>What a rule did to a target, and when.</summary>
internal sealed record SeenOutcome(TargetId Target, string Rule, RuleStep Step, TimeSpan At)
{
    public bool IsConfirmed => Step.HasFlag(RuleStep.Confirmed);
}
