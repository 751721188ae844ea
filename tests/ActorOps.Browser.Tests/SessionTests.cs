using ActorOps.Browser.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActorOps.Browser.Tests;

[Collection("browser")]
[Trait("Needs", "Chromium")]
public class SessionTests(Browsing browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_person_logs_in_and_out(bool scripts) => browser.OnPageAsync(scripts, async page =>
    {
        await Browsing.LogInAsync(page, browser.AdminToken);
        await Expect(page).ToHaveURLAsync(browser.Url + "/minimal");
        await Expect(page.Locator("#node")).ToContainTextAsync("ActorOps");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await Expect(page.GetByLabel("Token")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Log out" })).ToHaveCountAsync(0);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_wrong_token_is_refused_with_a_sentence_and_the_right_one_works_after_it(bool scripts) => browser.OnPageAsync(scripts, async page =>
    {
        await Browsing.LogInAsync(page, "not-a-token");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This token is not known here, or has expired.");
        await page.GetByLabel("Token").FillAsync(browser.AdminToken);
        await page.GetByLabel("Token").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Log out" })).ToBeVisibleAsync();
    });
}
