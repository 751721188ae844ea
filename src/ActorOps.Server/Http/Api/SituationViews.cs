using ActorOps.Client.Wire;
using ActorOps.Ops.Situations;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

/// <summary>The situation and the nodes as they are shown.</summary>
internal static class SituationViews
{
    private const int MostFindings = 100;

    public static SituationView Of(Situation situation) => new(situation.State, situation.Sentence, situation.Since, situation.Next, situation.NeedsPerson, situation.Findings.Count, [.. situation.Findings.Take(MostFindings).Select(Of)]);

    /// <summary>Nodes that take part, of those that are known; as of the last answer of the store.</summary>
    public static NodesView Nodes(NodeServices services, SituationFacts facts) => new(
        facts.Nodes.Count(node => node.IsPresent),
        facts.Nodes.Count,
        [.. facts.Nodes.Where(node => !node.IsPresent).Select(node => node.Node)],
        services.Now - services.Cluster.ViewAge)
    {
        TrustEndedAt = facts.TrustEndedAt,
    };

    private static FindingView Of(Finding finding) => new(finding.Kind, finding.State, finding.Subject, finding.Why, finding.Sentence, finding.NeedsPerson) { Since = finding.Since, Next = finding.Next };
}
