using System.Net.Http.Json;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

[Collection(ConsoleCollection.Name)]
[Trait("Category", "Chromium")]
public sealed class OverviewTests(ConsoleFixture console)
{
    [Fact]
    public async Task Overview_OfARunningServer_ShowsTheVersionAndCountsRankings()
    {
        await using ConsolePage page = await console.OpenAsync("/");
        await Assertions.Expect(page.Heading("Overview")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page).ToHaveTitleAsync("Overview · DinOrleans");
        await Assertions.Expect(page.Page.GetByText(console.Version).First).ToBeVisibleAsync();
        ILocator median = page.Page.Locator(".figure", new() { HasText = "Median time" });
        await Assertions.Expect(median).ToBeVisibleAsync();

        using HttpResponseMessage ranked = await console.Http.PostAsJsonAsync(
            "/v1/rank", new { userId = "overview", candidates = new[] { new { itemId = "item-0" } } }, TestContext.Current.CancellationToken);
        Assert.True(ranked.IsSuccessStatusCode);
        await Assertions.Expect(median).ToContainTextAsync("ms");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Img, new() { Name = "Rankings per second of this gateway" })).ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Navigation_ByKeyboard_LeadsToEveryViewAndNamesTheOneThatIsOpen()
    {
        await using ConsolePage page = await console.OpenAsync("/console");
        foreach (string view in (string[])["Try it", "Users", "Items", "Models", "Trainings", "Experiments", "System", "Overview"])
        {
            ILocator link = page.Link(view);
            await link.FocusAsync();
            await link.PressAsync("Enter");
            await Assertions.Expect(page.Heading(view)).ToBeVisibleAsync();
            await Assertions.Expect(link).ToHaveAttributeAsync("aria-current", "page");
        }

        await page.Page.GoBackAsync();
        await Assertions.Expect(page.Heading("System")).ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Address_OfNoView_SaysSo()
    {
        await using ConsolePage page = await console.OpenAsync("/console/nothing");
        await Assertions.Expect(page.Heading("There is no such view")).ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Colours_ChosenByHand_StayAfterAReload()
    {
        await using ConsolePage page = await console.OpenAsync("/console");
        await page.Page.GetByLabel("Colours").SelectOptionAsync("dark");
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        Assert.Equal("rgb(15, 18, 23)", await page.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor"));
    }
}
