using ActorOps.Browser.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActorOps.Browser.Tests;

/// <summary>A page of somebody else sends the node's forms from the browser of a person who is logged in.</summary>
[Collection("browser")]
[Trait("Needs", "Chromium")]
public class OtherSiteTests(Browsing browser)
{
    [Theory]
    [InlineData("localhost", "strict-origin-when-cross-origin")]
    [InlineData("localhost", "no-referrer")]
    [InlineData("127.0.0.1", "strict-origin-when-cross-origin")]
    [InlineData("127.0.0.1", "no-referrer")]
    public Task A_form_from_another_origin_is_refused(string host, string referrerPolicy) => browser.LoggedInAsync(true, async page =>
    {
        // The best that an attacker could have: the tokens of the person's own forms.
        var ask = await page.Locator("form[action='/minimal/kill/question'] input[name=form]").InputValueAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Trip ..." }).ClickAsync();
        var confirm = await page.Locator("form[action='/minimal/kill'] input[name=form]").InputValueAsync();
        await page.GotoAsync("/minimal");
        var cluster = await page.Locator("form[action='/minimal/cluster'] input[name=form]").InputValueAsync();
        var before = (await browser.TripsAsync()).Count;
        (string Action, Dictionary<string, string> Fields)[] forms =
        [
            ("/minimal/kill", new() { ["form"] = confirm, ["scope"] = "firm", ["level"] = "KILLED" }),
            ("/minimal/kill/question", new() { ["form"] = ask, ["scope"] = "firm", ["level"] = "KILLED" }),
            ("/minimal/cluster", new() { ["form"] = cluster, ["node"] = "n", ["verb"] = "drain", ["reason"] = "r", ["confirm"] = "n" }),
            ("/minimal/log-in", new() { ["token"] = browser.AdminToken }),
            ("/minimal/log-out", []),
        ];
        await using var other = await StartAsync(referrerPolicy, [.. forms.Select(form => Markup(form.Action, form.Fields))]);
        for (var i = 0; i < forms.Length; i++)
        {
            await page.GotoAsync($"http://{host}:{new Uri(other.Urls.First()).Port}/?form={i}");
            var answer = await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Button).ClickAsync(), response => response.Url == browser.Url + forms[i].Action);
            Assert.Equal((403, forms[i].Action), (answer.Status, new Uri(answer.Url).AbsolutePath));
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("sent from another site");
        }

        Assert.Equal(before, (await browser.TripsAsync()).Count);
        await page.GotoAsync("/minimal");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Log out" })).ToBeVisibleAsync();
    });

    private string Markup(string action, Dictionary<string, string> fields) =>
        $"<form method='post' action='{browser.Url}{action}'>{string.Concat(fields.Select(field => $"<input type='hidden' name='{field.Key}' value='{field.Value}'>"))}<button>You have won</button></form>";

    private static async Task<WebApplication> StartAsync(string referrerPolicy, string[] forms)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/", (HttpContext context, int form) =>
        {
            context.Response.Headers["Referrer-Policy"] = referrerPolicy;
            return Results.Content("<!DOCTYPE html>" + forms[form], "text/html");
        });
        await app.StartAsync();
        return app;
    }
}
