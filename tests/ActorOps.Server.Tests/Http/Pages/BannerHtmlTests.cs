using ActorOps.Client.Wire;
using ActorOps.Server.Http.Pages;

namespace ActorOps.Server.Tests.Http.Pages;

public class BannerHtmlTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ACTIVE", "ok")]
    [InlineData("REDUCE_ONLY", "warn")]
    [InlineData("CANCEL_ONLY", "crit")]
    [InlineData("KILLED", "crit")]
    [InlineData("NO PERMITS", "unknown")]
    [InlineData("Unknown", "unknown")]
    [InlineData("SIZE CAP 50 %", "note")]
    [InlineData("A WORD OF A LATER VERSION", "warn")]
    public void Green_stands_for_active_alone(string state, string tone) => Assert.Equal(tone, BannerHtml.Tone(state));

    [Fact]
    public void The_worst_is_said_with_since_and_next_and_the_others_are_named()
    {
        var trip = new FindingView("trip", "KILLED", "strategy/a", "lost <too> much", "strategy/a is KILLED: lost <too> much", true);
        var feed = new FindingView("verdict", "Unknown", "feed/b", "quiet", "feed/b is Unknown: quiet", true) { Since = Now.AddSeconds(-38) };
        var situation = new SituationView("KILLED", "strategy/a is KILLED: lost <too> much.", Now.AddMinutes(-3), "actorops kill reset 1", true, 2, [trip, feed]);
        var html = BannerHtml.Of(situation, Now);
        Assert.Contains("<strong>KILLED</strong> strategy/a is KILLED: lost &lt;too&gt; much.", html, StringComparison.Ordinal);
        Assert.Contains("since 11:57:00 UTC (3 min) · next: <code>actorops kill reset 1</code>", html, StringComparison.Ordinal);
        var others = BannerHtml.Others(situation, Now);
        Assert.Contains("feed/b is Unknown: quiet", others, StringComparison.Ordinal);
        Assert.Contains("11:59:22 UTC (38 s)", others, StringComparison.Ordinal);
        Assert.DoesNotContain("strategy/a", others, StringComparison.Ordinal);
        Assert.Equal("KILLED strategy/a · ActorOps", BannerHtml.Title(situation));
    }
}
