using ActorOps.Client.Wording;

namespace ActorOps.Ops.Situations;

/// <summary>What keeps nodes and desks from their work.</summary>
internal static class NodeFindings
{
    /// <summary>After this a node that was declared down counts as gone for good.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(24);

    public static IEnumerable<Finding> Of(SituationFacts facts) => This(facts).Concat(Others(facts)).Concat(Desks(facts));

    private static IEnumerable<Finding> This(SituationFacts facts)
    {
        var node = $"node {facts.Node}";
        if (!facts.IsReady)
        {
            yield return Fault(FindingKinds.Starting, 96, "NO PERMITS", node, "it is starting, and latch and journal are not merged yet; its desks may only reduce", "actorops status") with { Says = "gives no permits", NeedsPerson = false };
        }

        if (facts.TrustEndedAt is { } ended)
        {
            yield return Fault(FindingKinds.Trust, 95, "NO PERMITS", node, "the store has not confirmed it in time, so it is not trusted; its desks stand at REDUCE_ONLY", "actorops cluster show") with { Says = "gives no permits", Since = ended };
        }

        if (facts.IsLatchBroken)
        {
            yield return Fault(FindingKinds.Latch, 92, "LATCH FAILED", node, $"{facts.LatchPath} cannot be written; trips count, but would not survive a restart", $"df -h {facts.LatchPath}") with { Says = "cannot write its trip latch" };
        }

        foreach (var stopped in facts.Stopped)
        {
            yield return Fault(FindingKinds.Stopped, 78, "STOPPED", node, stopped, "actorops actor tree") with { Says = "has lost a part" };
        }

        if (facts.Unheld.Count > 0)
        {
            yield return Fault(FindingKinds.Unheld, 64, "NOT RUNNING", string.Join(", ", facts.Unheld), facts.Unheld.Contains("kill-switch") ? "no node runs it: trips work, resets wait" : "no node runs it", "actorops cluster singletons") with { Says = facts.Unheld.Count == 1 ? "is not running" : "are not running", IsNodeFault = facts.Unheld.Contains("kill-switch") };
        }

        if (facts.UnstoredTrips > 0)
        {
            yield return new Finding(FindingKinds.Unstored, 62, "NOT STORED", facts.UnstoredTrips == 1 ? "1 trip" : $"{facts.UnstoredTrips} trips", "in force and latched on this node, but not in the store yet") { Says = facts.UnstoredTrips == 1 ? "is not stored" : "are not stored", Next = "actorops kill status" };
        }

        if (facts.OutboxWaits is { } why)
        {
            yield return new Finding(FindingKinds.Outbox, 50, "WAITING", "notices", why) { Says = "wait for delivery", Next = "actorops cluster show" };
        }

        foreach (var drill in facts.Drills)
        {
            yield return new Finding(FindingKinds.Drill, 20, "DRILL", "settings", drill) { Says = "are for a drill", Next = "actorops config show", NeedsPerson = false };
        }
    }

    private static IEnumerable<Finding> Others(SituationFacts facts) => facts.Nodes.Where(member => !member.IsPresent && member.Node != facts.Node).Select(member =>
        new Finding(FindingKinds.Node, 60, member.State == "Down" ? "DOWN" : "SILENT", $"node {member.Node}", $"no heartbeat for {DurationText.Of(member.Silence)}; {facts.Nodes.Count(other => other.IsPresent)} of {facts.Nodes.Count} nodes take part")
        {
            Since = facts.Now - member.Silence,
            Next = "on its machine: actorops node run --config FILE",
            NeedsPerson = member.Silence < Forgotten,
        });

    private static IEnumerable<Finding> Desks(SituationFacts facts)
    {
        foreach (var desk in facts.Desks.Where(desk => !desk.IsConnected))
        {
            yield return new Finding(FindingKinds.Desk, 68, "NOT CONNECTED", $"desk {desk.Desk}", "it has no permit and may only reduce; start its process, or look at its log") { Says = "is not connected", Next = "actorops status" };
        }

        // Without trust nobody has a permit: that is one finding, not one for each desk.
        foreach (var desk in facts.Desks.Where(desk => desk is { IsConnected: true, HasPermit: false } && facts.TrustEndedAt is null && facts.IsReady))
        {
            yield return new Finding(FindingKinds.Permit, 72, "NO PERMITS", $"desk {desk.Desk}", "it is connected, but has had no permit for longer than one lasts: its clock messages do not arrive") { Says = "has no permit", Next = "actorops status" };
        }
    }

    private static Finding Fault(string kind, int rank, string state, string subject, string why, string next) => new(kind, rank, state, subject, why) { Next = next, IsNodeFault = true };
}
