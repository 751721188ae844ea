using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;

namespace ActorOps.Ops.Situations;

/// <summary>Verdicts that are not Healthy.</summary>
internal static class VerdictFindings
{
    public static IEnumerable<Finding> Of(SituationFacts facts) => facts.Targets.Where(target => target.Verdict != Verdict.Healthy).Select(target =>
        new Finding(FindingKinds.Verdict, Rank(target), target.Verdict.ToString(), target.Target.ToString(), target.Why)
        {
            Next = $"actorops supervisor show {target.Target}",
            NeedsPerson = target.Verdict != Verdict.Warning,
        });

    /// <summary>Sums come after what they are the sum of.</summary>
    private static int Rank(TargetFact target) => target.Verdict switch
    {
        Verdict.Critical => 58,
        Verdict.Unknown => 54,
        _ => 30,
    } - (target.Target.Kind == TargetKind.Scope ? 1 : 0);
}
