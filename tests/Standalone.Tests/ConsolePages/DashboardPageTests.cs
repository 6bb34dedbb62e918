using DinOrleans.Standalone.Tests.Processes;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

/// <summary>Orleans' dashboard in a browser, which sends the key as a password.</summary>
[Trait("Category", "Chromium")]
public sealed class DashboardPageTests : IDisposable
{
    private readonly TinyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Page_WithAKeyAsPassword_ShowsGrainsAndAsksNobodyElse()
    {
        await using Browser browser = await Browser.StartAsync();
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, [.. _shop.Arguments, "--Auth:Mode", "Keys", "--Dashboard:Enabled", "true"]);
        string key = (await server.LineAsync("  dok_", Cancellation)).Trim();
        await using ConsolePage page = await browser.OpenAsync(server.Http.BaseAddress!, "/dashboard/", password: key);
        await Assertions.Expect(page.Page.Locator("#content")).ToContainTextAsync("ModelRegistryGrain");
        Assert.Empty(page.Errors);
        Assert.All(page.Requests, request => Assert.StartsWith(server.Http.BaseAddress!.AbsoluteUri, request, StringComparison.Ordinal));
    }
}
