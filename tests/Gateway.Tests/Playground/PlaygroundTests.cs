using DinOrleans.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace DinOrleans.Gateway.Tests.Playground;

[Collection(GatewayCollection.Name)]
public sealed class PlaygroundTests(GatewayFixture gateway)
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    [Fact]
    public async Task Page_Served_NeedsNothingFromElsewhere()
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Get, "/");
        string page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("connect-src 'self'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Chromium")]
    public async Task Page_InABrowser_RanksExplainsAndSendsAnEvent()
    {
        await using BrowserPage browser = await OpenAsync();
        IPage page = browser.Page;
        await page.GetByLabel("User id").FillAsync("visitor");
        await page.GetByLabel("Candidates").FillAsync("i1, i2\nunknown-3");
        await page.GetByLabel("Context").FillAsync("device=ios");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rank", Exact = true }).ClickAsync();

        ILocator rows = page.Locator("#items tr");
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await Assertions.Expect(rows.Nth(0)).ToContainTextAsync("50.00 %");
        await Assertions.Expect(rows.Nth(2)).ToContainTextAsync("unknown item");
        await Assertions.Expect(rows.Nth(0).Locator(".weights li")).ToHaveCountAsync(2);
        await Assertions.Expect(rows.Nth(0).Locator(".weights li").Nth(0)).ToContainTextAsync("0.7500");
        Assert.Equal("ios", gateway.Script.Queries["visitor"].Context["device"]);

        await page.GetByRole(AriaRole.Button, new() { Name = "Send click on i2" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Sent click on i2");
        Assert.Equal(("i2", "click", "r1"), gateway.Script.Appended["visitor"].Select(e => (e.ItemId, e.Type, e.RankingId)).Single());
        Assert.Empty(browser.Errors);
    }

    [Fact]
    [Trait("Category", "Chromium")]
    public async Task Page_InABrowser_ShowsProblemDetails()
    {
        await using BrowserPage browser = await OpenAsync("?user=visitor&items=a,a");
        ILocator problem = browser.Page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(problem).ToContainTextAsync("400 Bad Request");
        await Assertions.Expect(problem).ToContainTextAsync("candidates[1].itemId must occur once");
        await Assertions.Expect(browser.Page.Locator("#result")).ToBeHiddenAsync();
    }

    private async Task<BrowserPage> OpenAsync(string query = "")
    {
        string? chromium = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "No Chromium is installed.");
        IPlaywright playwright = await Microsoft.Playwright.Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Arguments });
        IPage page = await browser.NewPageAsync();
        List<string> errors = [];
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };

        // The browser stamps events by the machine's clock, so this gateway must judge them by it.
        WebApplication app = await gateway.StartAsync(gateway.Grains, TimeProvider.System);
        await page.GotoAsync(app.Urls.First() + "/" + query);
        return new(playwright, browser, app, page, errors);
    }

    private sealed record BrowserPage(IPlaywright Playwright, IBrowser Browser, WebApplication App, IPage Page, List<string> Errors) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Browser.DisposeAsync();
            Playwright.Dispose();
            await App.DisposeAsync();
        }
    }
}
