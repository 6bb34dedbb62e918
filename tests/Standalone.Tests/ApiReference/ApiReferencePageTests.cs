using System.Collections.Concurrent;
using DinOrleans.Standalone.Tests.ConsolePages;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ApiReference;

/// <summary>The page at /docs in a browser.</summary>
[Collection(ConsoleCollection.Name)]
[Trait("Category", "Chromium")]
public sealed class ApiReferencePageTests(ConsoleFixture console)
{
    [Fact]
    public async Task Page_InABrowser_ShowsTheOperationsAndAsksNoOtherServer()
    {
        await using ConsolePage page = await console.OpenAsync("/console");
        ConcurrentQueue<string> requests = [];
        page.Page.Request += (_, request) => requests.Enqueue(request.Url);

        await page.Page.GotoAsync("/docs");
        await Assertions.Expect(page.Page.GetByText("Rank candidates for a user").First).ToBeVisibleAsync();
        await page.Page.GotoAsync("/docs/#tag/trainings");
        await Assertions.Expect(page.Page.GetByText("Train a version from the log").First).ToBeVisibleAsync();
        await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        string own = console.Http.BaseAddress!.AbsoluteUri;
        Assert.Contains($"{own}openapi/v1.json", requests);
        Assert.DoesNotContain(
            requests, url => !url.StartsWith(own, StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal));
        Assert.Empty(page.Errors);
    }
}
