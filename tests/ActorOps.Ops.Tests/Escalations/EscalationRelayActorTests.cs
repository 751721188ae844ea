using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Escalations;
using ActorOps.Ops.Rules;

namespace ActorOps.Ops.Tests.Escalations;

public sealed class EscalationRelayActorTests
{
    [Theory]
    [InlineData("/engineering/admin/operator-us/feeds/spy", "operator-us")]
    [InlineData("/engineering/admin/scopes/firm", "operator-eu")]
    public void The_tier_is_the_operator_in_the_path_else_the_nodes_own(string path, string expected) => Assert.Equal(expected, EscalationRelayActor.TierOf(path, "operator-eu"));

    [Fact]
    public async Task What_climbs_while_the_store_is_away_is_stored_once_when_it_is_back()
    {
        await using var harness = new OpsHarness();
        await harness.RegisterAsync();
        await harness.LiveAsync(8);
        harness.Journal.AppendFailure = new JournalUnavailableException("disk full");
        for (var i = 0; i < 3; i++)
        {
            await harness.BeatAsync(s: -600);
        }

        await Waiting.For(() => harness.Ops.Supervisors.All.Any(summary => summary.Verdict == Verdict.Critical));
        for (var i = 0; i < 5; i++)
        {
            harness.Time.Advance(TimeSpan.FromSeconds(1));
        }

        harness.Journal.AppendFailure = null;
        await Waiting.For(() =>
        {
            harness.Time.Advance(TimeSpan.FromSeconds(1));
            return harness.Ops.Escalations.Items.Any(escalation => escalation is { Severity: "P0", Target: "strategy/s" } && escalation.Text.Contains("KILLED", StringComparison.Ordinal));
        });
        await Waiting.For(() =>
        {
            harness.Time.Advance(TimeSpan.FromSeconds(1));
            return harness.Journal.Records.Any(record => record.Kind == "supervision.verdict-changed.v1" && record.Payload.Contains("\"strategy/s\"", StringComparison.Ordinal) && record.Payload.Contains("Critical", StringComparison.Ordinal));
        });
        Assert.Equal(harness.Ops.Escalations.Items.Count, harness.Ops.Escalations.Items.Select(escalation => escalation.EscalationId).Distinct().Count());
    }
}
