using ActorOps.Ops.KillSwitches;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Api;
using ActorOps.Server.Tests.Clustering;

namespace ActorOps.Server.Tests.Hosting;

public class SituationWatchTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task Without_its_store_a_node_says_NO_PERMITS_since_when_and_what_to_do_and_takes_it_back_when_the_store_returns()
    {
        await Waiting.For(() => State == "ACTIVE", TimeSpan.FromSeconds(30));
        await cluster.Store.StopAsync("immediate");
        await Waiting.For(() => State == "NO PERMITS", TimeSpan.FromSeconds(30));
        var gone = cluster.Services.Situation.Read();
        Assert.Equal(("unhealthy", true, "actorops cluster show"), (gone.Health, gone.NeedsPerson, gone.Next));
        Assert.InRange(gone.Since, cluster.Services.Now - TimeSpan.FromMinutes(5), cluster.Services.Now);
        var status = await StatusApi.ViewAsync(cluster.Services, CancellationToken.None);
        Assert.Equal(("NO PERMITS", gone.Since, "unhealthy"), (status.Situation!.State, RoundedTo(gone.Since, status.Situation.Since), status.Node.State));
        Assert.NotNull(status.Nodes!.TrustEndedAt);
        await cluster.Store.StartAgainAsync();
        await Waiting.For(() => State == "ACTIVE", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Drill_settings_are_said_in_words()
    {
        Assert.Equal(["new approvers may approve at once", "approvals need no one-time code"], SituationWatch.Drills(new KillSwitchOptions { ApproverMinimumAge = TimeSpan.Zero, OneTimeCodes = false }));
        Assert.Equal(["new approvers may approve after 1 h instead of 24 h"], SituationWatch.Drills(new KillSwitchOptions { ApproverMinimumAge = TimeSpan.FromHours(1) }));
        Assert.Empty(SituationWatch.Drills(new KillSwitchOptions()));
    }

    private string State => cluster.Services.Situation.Read().State;

    /// <summary>The wall clock of a node may be corrected between two looks: the moment is the same to within a second.</summary>
    private static DateTimeOffset RoundedTo(DateTimeOffset one, DateTimeOffset other) => (one - other).Duration() < TimeSpan.FromSeconds(1) ? one : other;
}
