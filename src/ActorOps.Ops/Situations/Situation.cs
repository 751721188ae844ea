namespace ActorOps.Ops.Situations;

/// <summary>How things stand, in one word and one sentence: what the page's banner, <c>status</c> and <c>/health</c> all say.</summary>
/// <param name="State">The worst finding's word; ACTIVE when there is none.</param>
/// <param name="Sentence">What, and why.</param>
/// <param name="Since">When the state became what it is.</param>
/// <param name="Next">A command that a person can type next; null: nothing is to be done.</param>
/// <param name="Findings">Everything that is not as it should be, the worst first.</param>
public sealed record Situation(string State, string Sentence, DateTimeOffset Since, string? Next, IReadOnlyList<Finding> Findings)
{
    /// <summary>Something here does not end without a person.</summary>
    public bool NeedsPerson => Findings.Any(finding => finding.NeedsPerson);

    /// <summary><c>unhealthy</c> when this node does not do its work, <c>degraded</c> when anything else but a drill is found, else <c>healthy</c>.</summary>
    public string Health => Findings.Any(finding => finding.IsNodeFault) ? "unhealthy" : Findings.Any(finding => finding.Kind != FindingKinds.Drill) ? "degraded" : "healthy";
}
