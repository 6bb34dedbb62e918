using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Processes;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

/// <summary>The console of a server that asks for keys.</summary>
[Trait("Category", "Chromium")]
public sealed class KeyedConsoleTests : IDisposable
{
    private readonly TinyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Console_OfAServerWithKeys_AsksForOneAndNamesTheScopeThatAViewLacks()
    {
        await using Browser browser = await Browser.StartAsync();
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, [.. _shop.Arguments, "--Auth:Mode", "Keys"]);
        string first = (await server.LineAsync("  dok_", Cancellation)).Trim();
        await server.LineAsync("curl", Cancellation);
        await using ConsolePage page = await browser.OpenAsync(server.Http.BaseAddress!, "/console/models");
        ILocator field = page.Page.GetByLabel("API key or token");

        await field.FillAsync("dok_wrong");
        await page.Button("Use this key").ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await field.FillAsync(await MakeKeyAsync(server, first, "rank", "events", "catalogue"));
        await page.Button("Use this key").ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("It needs the scope models");
        await page.Link("Items").ClickAsync();
        await Assertions.Expect(page.Region("Items").Locator("tbody tr").First).ToBeVisibleAsync();

        await page.Button("Forget the key").ClickAsync();
        await field.FillAsync(first);
        await page.Button("Use this key").ClickAsync();
        await page.Link("Models").ClickAsync();
        await Assertions.Expect(page.Region("Versions").Locator("tbody tr")).ToHaveCountAsync(1);

        // The key is in this tab's session alone.
        Assert.DoesNotContain("dok_", await page.Page.EvaluateAsync<string>("JSON.stringify(localStorage) + document.cookie + location.href"), StringComparison.Ordinal);
        Assert.Contains("dok_", await page.Page.EvaluateAsync<string>("JSON.stringify(sessionStorage)"), StringComparison.Ordinal);
        await page.Page.GotoAsync("/console/try");
        await Assertions.Expect(page.Region("Rank with curl")).ToContainTextAsync("$DINORLEANS_KEY");
        Assert.DoesNotContain("dok_", await page.Page.ContentAsync(), StringComparison.Ordinal);
    }

    private static async Task<string> MakeKeyAsync(StandaloneProcess server, string admin, params string[] scopes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/keys") { Content = JsonContent.Create(new { note = "console", scopes }) };
        request.Headers.Authorization = new("Bearer", admin);
        using HttpResponseMessage answer = await server.Http.SendAsync(request, Cancellation);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("key").GetString()!;
    }
}
