using ActorOps.Cli.Output;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Tests.Output;

public class StatusTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 14, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Without_trust_the_first_line_is_not_ACTIVE_and_says_why_since_and_next()
    {
        var ended = Now.AddSeconds(-13.87);
        var lines = Lines(View with
        {
            Situation = new SituationView("NO PERMITS", "node n1 gives no permits: the store has not confirmed it in time.", ended, "actorops cluster show", NeedsPerson: true, 1, []),
            Nodes = new NodesView(1, 1, [], Now.AddSeconds(-18)) { TrustEndedAt = ended },
        });
        Assert.Equal(
            ["state: NO PERMITS, since 14:29:46 UTC (13.9 s)", "why: node n1 gives no permits: the store has not confirmed it in time.", "next: actorops cluster show"], lines.Take(3));
        Assert.DoesNotContain("firm: ACTIVE", lines);
        Assert.Contains("firm: REDUCE_ONLY at desks without a permit, since 14:29:46 UTC (13.9 s); the kill switch itself holds nothing", lines);
        Assert.Contains("nodes: 1 of 1 up; NOT TRUSTED: trust ended 13.9 s ago, nodes as of 14:29:42 UTC (18 s)", lines);
    }

    [Fact]
    public void A_scope_that_is_not_ACTIVE_says_why_since_and_what_to_type()
    {
        var lines = Lines(View with
        {
            Effective = [new ScopeView("firm", "ACTIVE", string.Empty), new ScopeView("strategy/a", "KILLED", "trip:1") { Why = "hourly P&L -0.58 % (past -0.50 %)", Since = Now.AddSeconds(-165), Next = "actorops kill reset 1" }],
        });
        Assert.Contains("firm: ACTIVE", lines);
        Assert.Contains("strategy/a: KILLED, since 14:27:15 UTC (2 min 45 s): hourly P&L -0.58 % (past -0.50 %); next: actorops kill reset 1", lines);
    }

    [Fact]
    public void A_missing_node_is_named() =>
        Assert.Contains("nodes: 2 of 3 up; missing: n3; store trusted", Lines(View with { Nodes = new NodesView(2, 3, ["n3"], Now) }));

    private static StatusView View => new(new NodeView("n1", "eu", "0.3.1", 1, 185_000, "healthy"), [new ScopeView("firm", "ACTIVE", string.Empty)], 0, 0, new Dictionary<string, int>(), []);

    private static List<string> Lines(StatusView view) => [.. StatusText.Rows(view, Now).Select(row => $"{row[0]}: {row[1]}")];
}
