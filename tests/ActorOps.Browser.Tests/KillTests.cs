using ActorOps.Browser.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActorOps.Browser.Tests;

[Collection("browser")]
[Trait("Needs", "Chromium")]
public class KillTests(Browsing browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_trip_is_asked_once_and_then_stands(bool scripts) => browser.LoggedInAsync(scripts, async page =>
    {
        var scope = $"symbol/TRIP{(scripts ? 1 : 2)}";
        await Browsing.ToFormsAsync(page, scripts);
        await page.GetByLabel("Scope").FillAsync(scope);
        await page.GetByLabel("Level").SelectOptionAsync("CANCEL_ONLY");
        await page.GetByLabel("Reason (optional").FillAsync("fat finger <b>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Trip ..." }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Trip CANCEL_ONLY for {scope}?");
        Assert.DoesNotContain(await browser.TripsAsync(), trip => trip.Scope == scope);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Trip CANCEL_ONLY for {scope}" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync($"TRIPPED CANCEL_ONLY for {scope}");
        var trip = Assert.Single(await browser.TripsAsync(), trip => trip.Scope == scope);
        Assert.Equal(("CANCEL_ONLY", "fat finger <b>"), (trip.Level, trip.Reason));
        await Expect(page.Locator("#state")).ToContainTextAsync($"{trip.TripId}");
    });

    [Theory]
    [InlineData(true, "Scope")]
    [InlineData(true, "Reason (optional")]
    [InlineData(false, "Scope")]
    [InlineData(false, "Reason (optional")]
    public Task Enter_in_a_field_asks_and_trips_nothing(bool scripts, string field) => browser.LoggedInAsync(scripts, async page =>
    {
        var before = (await browser.TripsAsync()).Count;
        await Browsing.ToFormsAsync(page, scripts);
        await page.GetByLabel(field).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Trip KILLED for firm?");
        await Expect(page.Locator("dl")).ToContainTextAsync("1 desk (paper), 2 strategies: mean-reversion, momentum");

        // A second Enter, or a key held down, must not be the answer.
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Trip KILLED for firm?");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back, trip nothing" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(browser.Url + "/minimal");
        Assert.Equal(before, (await browser.TripsAsync()).Count);
    });

    [Fact]
    public Task What_is_typed_survives_three_renewals_of_the_page() => browser.LoggedInAsync(true, async page =>
    {
        await page.GetByLabel("Scope").FillAsync("strategy/momentum");
        await page.GetByLabel("Reason (optional").PressSequentiallyAsync("half a sent");
        for (var renewal = 0; renewal < 3; renewal++)
        {
            var shown = await page.Locator("#node").InnerTextAsync();
            await Expect(page.Locator("#node")).Not.ToHaveTextAsync(shown);
        }

        await page.Keyboard.TypeAsync("ence");
        await Expect(page.GetByLabel("Reason (optional")).ToHaveValueAsync("half a sentence");
        await Expect(page.GetByLabel("Scope")).ToHaveValueAsync("strategy/momentum");
    });

    [Fact]
    public Task Without_scripts_the_page_that_reloads_has_nothing_to_type_into_and_the_form_stands_on_one_that_does_not() => browser.LoggedInAsync(false, async page =>
    {
        await Expect(page.Locator("input:visible")).ToHaveCountAsync(0);
        var shown = await page.Locator("#node").InnerTextAsync();
        await Expect(page.Locator("#node")).Not.ToHaveTextAsync(shown);
        await Browsing.ToFormsAsync(page, scripts: false);
        await page.GetByLabel("Reason (optional").FillAsync("half a sentence");
        shown = await page.Locator("#node").InnerTextAsync();
        await Expect(page.Locator("meta[http-equiv=refresh]")).ToHaveCountAsync(0);
        await Expect(page.Locator("#node")).ToHaveTextAsync(shown);
        await Expect(page.GetByText("Updates are paused while you type")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Reason (optional")).ToHaveValueAsync("half a sentence");
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_scope_that_cannot_be_read_is_refused_and_nothing_typed_is_lost(bool scripts) => browser.LoggedInAsync(scripts, async page =>
    {
        await Browsing.ToFormsAsync(page, scripts);
        await page.GetByLabel("Scope").FillAsync("momentum");
        await page.GetByLabel("Level").SelectOptionAsync("REDUCE_ONLY");
        await page.GetByLabel("Reason (optional").FillAsync("typed with care");
        await page.GetByLabel("Reason (optional").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Not a valid scope or level");
        await Expect(page.GetByLabel("Scope")).ToHaveValueAsync("momentum");
        await Expect(page.GetByLabel("Level")).ToHaveValueAsync("REDUCE_ONLY");
        await Expect(page.GetByLabel("Reason (optional")).ToHaveValueAsync("typed with care");
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_misspelt_scope_is_told_before_and_after_and_the_right_one_is_one_click_away(bool scripts) => browser.LoggedInAsync(scripts, async page =>
    {
        await Browsing.ToFormsAsync(page, scripts);
        await page.GetByLabel("Scope").FillAsync("account/mian");
        await page.GetByLabel("Level").SelectOptionAsync("CANCEL_ONLY");
        await page.GetByRole(AriaRole.Button, new() { Name = "Trip ..." }).ClickAsync();
        const string sentence = "NOTHING IS STOPPED BY THIS: no desk has account/mian; did you mean account/main?";
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(sentence);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Trip CANCEL_ONLY for account/main", Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Trip CANCEL_ONLY for account/mian anyway" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(sentence);
        Assert.Contains(await browser.TripsAsync(), trip => trip.Scope == "account/mian");
    });
}
