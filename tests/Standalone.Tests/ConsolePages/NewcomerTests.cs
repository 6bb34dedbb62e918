using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Docs;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

/// <summary>The way of somebody who has never seen the project, from a CSV of their own to a ranking that changes with a click.</summary>
[Trait("Category", "Chromium")]
public sealed class NewcomerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Walk_WithTheCommandsOfTheReadme_EndsInARankingOfTheirOwnCsvThatChangesWithAClick()
    {
        await using Browser browser = await Browser.StartAsync();
        string events = _folder["my-events.csv"], items = _folder["my-items.csv"], dataset = _folder["dataset"];
        OwnCsv.Write(events, items);
        var readme = DocumentedCommands.Read("README.md", "## Your own data");
        (string, string)[] given = [("my-events.csv", events), ("my-items.csv", items), ("DATASET", dataset)];
        (await Commands.RunAsync("Cli", Cancellation, readme.Arguments("Cli", "init", given))).Succeeded();
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(
            Cancellation, [.. readme.Arguments("Standalone", "--dataset", given), "--data", _folder["data"]]);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        await server.LineAsync("curl -s", Cancellation);

        await using ConsolePage page = await browser.OpenAsync(server.Http.BaseAddress!, "/");
        await page.Link("Users").ClickAsync();
        await page.Page.GetByLabel("The beginning of a user id").FillAsync(OwnCsv.User[..4]);
        await page.Link(OwnCsv.User).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".timeline > li")).ToHaveCountAsync(14);
        await page.Link("Rank for this user").ClickAsync();

        ILocator ranked = page.Page.Locator(".ranked > li");
        await Assertions.Expect(ranked).ToHaveCountAsync(12);
        await Assertions.Expect(page.Page.GetByText("from 14 behaviours")).ToBeVisibleAsync();
        await Assertions.Expect(ranked.First.Locator(".tags")).ToContainTextAsync("brand");
        IReadOnlyList<string> before = await ranked.Locator(".scores").AllInnerTextsAsync();
        await ranked.Last.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Page.GetByText("the ranking was made again from 15 behaviours")).ToBeVisibleAsync();
        Assert.NotEqual(before, await ranked.Locator(".scores").AllInnerTextsAsync());

        string version = (await server.Http.GetFromJsonAsync<JsonElement>("/v1/models", Cancellation)).GetProperty("active").GetString()!;

        // A log without impressions does not say how often something is clicked.
        await page.Page.GotoAsync($"/console/models/{version}");
        await Assertions.Expect(page.Page.GetByText("Its scores order items and are not probabilities")).ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }
}
