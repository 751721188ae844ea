using ActorOps.Browser.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActorOps.Browser.Tests;

[Collection("browser")]
[Trait("Needs", "Chromium")]
public class NodeTests(Browsing browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_node_is_drained_and_taken_back(bool scripts) => browser.LoggedInAsync(scripts, async page =>
    {
        await SendAsync(page, scripts, "drain", confirm: "another-node");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Nothing was done");
        await Expect(Form(page).GetByLabel("Reason")).ToHaveValueAsync("patch");
        await page.GotoAsync("/minimal");
        await SendAsync(page, scripts, "drain");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("accepted");
        await SeenAsync(page, "Drained");
        await SendAsync(page, scripts, "join");
        await SeenAsync(page, "Up");
    });

    [Fact]
    public Task A_page_whose_node_is_silent_says_how_old_it_is_and_is_not_green() => browser.LoggedInAsync(true, async page =>
    {
        await Expect(page.Locator("#age")).ToBeHiddenAsync();
        await page.RouteAsync(IsRenewal, route => route.AbortAsync());
        await Expect(page.Locator("#age")).ToContainTextAsync("The node does not answer.");
        await Expect(page.Locator("#age")).ToContainTextAsync("s old");
        Assert.Contains("grayscale", await page.Locator("#now").EvaluateAsync<string>("part => getComputedStyle(part).filter"), StringComparison.Ordinal);
        await page.UnrouteAsync(IsRenewal);
        await Expect(page.Locator("#age")).ToBeHiddenAsync();
    });

    private static bool IsRenewal(string url) => url.Contains("part=live", StringComparison.Ordinal);

    private static async Task SeenAsync(IPage page, string state)
    {
        await page.GotoAsync("/minimal");
        await Expect(page.Locator("section", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Nodes", Exact = true }) })).ToContainTextAsync(state, new() { Timeout = 20_000 });
    }

    private static async Task SendAsync(IPage page, bool scripts, string verb, string? confirm = null)
    {
        await Browsing.ToFormsAsync(page, scripts);
        var form = Form(page);
        var node = await form.Locator("select[name=node]").InputValueAsync();
        await form.Locator("select[name=verb]").SelectOptionAsync(verb);
        await form.GetByLabel("Reason").FillAsync("patch");
        await form.GetByLabel("Type the node's name").FillAsync(confirm ?? node);
        await form.GetByRole(AriaRole.Button).ClickAsync();
    }

    private static ILocator Form(IPage page) => page.Locator("form[action='/minimal/cluster']");
}
