using ActorOps.Server.Tests.Clustering;

namespace ActorOps.Server.Tests.Http.Pages;

/// <summary>The page of a node whose database has stopped.</summary>
[Trait("Needs", "Postgres")]
public sealed class MinimalPageStoreTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task Without_its_store_the_page_is_not_green_and_old_figures_say_of_when_they_are()
    {
        using var browser = new HttpClient { BaseAddress = new Uri(fixture.Url) };
        using var token = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = (await File.ReadAllTextAsync(fixture.Data.File("admin.token"))).Trim() });
        (await browser.PostAsync("/minimal/log-in", token)).EnsureSuccessStatusCode();
        var page = string.Empty;
        async Task<bool> Shows(string text) => (page = await browser.GetStringAsync("/minimal")).Contains(text, StringComparison.Ordinal);
        await Waiting.For(() => Shows("<div class=\"banner state ok\"><strong>ACTIVE</strong>"));
        Assert.Contains("<span class=\"Healthy\">Up</span>", page, StringComparison.Ordinal);

        await fixture.Store.StopAsync("immediate");
        await Waiting.For(() => Shows("<div class=\"banner state unknown\"><strong>NO PERMITS</strong>"), TimeSpan.FromSeconds(20));
        Assert.Contains("the store does not answer", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"Healthy\"", page, StringComparison.Ordinal);
        Assert.Contains("<title>NO PERMITS node ", page, StringComparison.Ordinal);
    }
}
