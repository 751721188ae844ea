namespace ActorOps.Ops.Situations;

/// <summary>
/// From facts to one word and one sentence. The situation is the worst of its findings; a cause comes before what follows from it, such as a desk that is not connected
/// before the holds and Unknown verdicts of its targets.
/// </summary>
public static class SituationRules
{
    /// <summary>Judges. A pure function: <see cref="SituationTracker"/> adds since when.</summary>
    public static Situation Judge(SituationFacts facts)
    {
        IReadOnlyList<Finding> findings =
        [
            .. StandingFindings.Of(facts).Concat(NodeFindings.Of(facts)).Concat(VerdictFindings.Of(facts))
                .OrderByDescending(finding => finding.Rank).ThenBy(finding => finding.Subject, StringComparer.Ordinal),
        ];
        var worst = findings.FirstOrDefault(finding => finding.Kind != FindingKinds.Drill);
        return worst is null
            ? new Situation("ACTIVE", Quiet(facts), facts.Now, null, findings)
            : new Situation(worst.State, Sentence(worst, findings), worst.Since ?? facts.Now, worst.Next, findings);
    }

    /// <summary>Every scope that is not ACTIVE, with why, since and next.</summary>
    public static IReadOnlyList<ScopeStanding> Scopes(SituationFacts facts) => StandingFindings.Scopes(facts);

    private static string Quiet(SituationFacts facts) =>
        $"{(facts.TargetCount == 0 ? "No desk has registered a target yet" : $"All {Count(facts.TargetCount, "target")} healthy")}, {facts.Nodes.Count(node => node.IsPresent)} of {Count(facts.Nodes.Count, "node")} up, nothing tripped or held{string.Concat(facts.Drills.Select(drill => "; DRILL: " + drill))}.";

    private static string Sentence(Finding worst, IReadOnlyList<Finding> findings)
    {
        var same = findings.Count(finding => finding.State == worst.State && finding.Kind == worst.Kind) - 1;
        var others = findings.Count - 1 - same;
        var more = ((IEnumerable<string>)[same > 0 ? $"{same} more {worst.State}" : string.Empty, others > 0 ? $"{Count(others, "other finding")}" : string.Empty]).Where(text => text.Length > 0);
        return worst.Sentence + string.Concat(more.Select(text => "; " + text)) + ".";
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
