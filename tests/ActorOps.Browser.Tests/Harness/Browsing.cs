using System.Runtime.CompilerServices;
using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Wire;
using Microsoft.Playwright;

namespace ActorOps.Browser.Tests.Harness;

/// <summary>A real node with a paper desk, and a real Chromium in front of it.</summary>
public sealed class Browsing : IAsyncLifetime
{
    private static readonly string[] Switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Trading Trading { get; } = new();

    public string Url => Trading.Url;

    public string AdminToken => File.ReadAllText(Path.Combine(Trading.Data, "admin.token")).Trim();

    public async Task InitializeAsync()
    {
        var chromium = Places.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("There is no Chromium on this machine: install it (Debian: chromium).");
        await Trading.StartAsync([]);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = Switches });
        using var admin = Trading.Admin;
        await Waiting.For(async () => (await admin.GetAsync("api/v1/status", WireJson.Default.StatusView)).Desks.Count == 1, TimeSpan.FromSeconds(40));
    }

    /// <summary>
    /// A fresh browser profile and a page in it. What fails leaves a screenshot in <c>artifacts/test-results</c>; what the browser complains of in its
    /// console (a style, script or request that the page's own policy forbids) is a failure too.
    /// </summary>
    public async Task OnPageAsync(bool scripts, Func<IPage, Task> act, [CallerMemberName] string name = "")
    {
        await using var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = scripts, BaseURL = Url });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        try
        {
            await act(page);
            Assert.True(complaints.Count == 0, string.Join('\n', complaints));
        }
        catch
        {
            var folder = RepositoryRoot.Find("artifacts/test-results");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{(scripts ? "scripts" : "no-scripts")}.png"), FullPage = true });
            throw;
        }
    }

    /// <summary>The same as a person who has logged in with the first token.</summary>
    public Task LoggedInAsync(bool scripts, Func<IPage, Task> act, [CallerMemberName] string name = "") => OnPageAsync(scripts, async page =>
    {
        await LogInAsync(page, AdminToken);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Log out" })).ToBeVisibleAsync();
        await act(page);
    }, name);

    public static async Task LogInAsync(IPage page, string token)
    {
        await page.GotoAsync("/minimal/log-in");
        await page.GetByLabel("Token").FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
    }

    /// <summary>Goes to where the forms are: on the page itself with scripts, one click away without.</summary>
    public static async Task ToFormsAsync(IPage page, bool scripts)
    {
        if (!scripts)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "Kill switch" }).ClickAsync();
        }
    }

    public async Task<IReadOnlyList<TripView>> TripsAsync() => (await Trading.KillSwitchAsync()).Trips;

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await Trading.DisposeAsync();
    }
}
