using System.Net.Http.Json;
using DinOrleans.TestMachine;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

[Collection(ConsoleCollection.Name)]
[Trait("Category", "Chromium")]
public sealed class ItemsTests(ConsoleFixture console)
{
    [Fact]
    public async Task Search_ByFeature_FindsItemsOfThatValue()
    {
        await using ConsolePage page = await console.OpenAsync("/console/items?prefix=item-10");
        ILocator rows = page.Region("Items").Locator("tbody tr");
        await Assertions.Expect(rows.First).ToContainTextAsync("category");
        string category = await rows.First.Locator(".tags li", new() { HasText = "category" }).InnerTextAsync();
        string value = category["category".Length..].Trim();
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Feature", Exact = true }).SelectOptionAsync("category");
        await page.Page.GetByLabel("Value of category").FillAsync(value);
        await Assertions.Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("feature=category"));
        await Assertions.Expect(rows.First).ToContainTextAsync(value);
        Assert.All(await rows.AllInnerTextsAsync(), text => Assert.Contains(value, text, StringComparison.Ordinal));
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Item_OfAnActiveVersion_ShowsFeaturesPopularityAndNearestItems()
    {
        await Eventually.BecomesAsync(
            "the events are counted",
            () => console.Http.GetStringAsync("/v1/items?order=popular&limit=1", TestContext.Current.CancellationToken),
            items => items.Contains("countedAt", StringComparison.Ordinal),
            cancellationToken: TestContext.Current.CancellationToken);
        await using ConsolePage page = await console.OpenAsync("/console/items?order=popular");
        ILocator first = page.Region("Items").Locator("tbody tr").First.GetByRole(AriaRole.Link);
        string id = await first.InnerTextAsync();
        await first.ClickAsync();
        await Assertions.Expect(page.Heading($"Item {id}")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.GetByText(new System.Text.RegularExpressions.Regex(@"^\d+ of all items$"))).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator(".facts").First).ToContainTextAsync("price");
        ILocator nearest = page.Region("Nearest items").Locator("tbody tr");
        await Assertions.Expect(nearest).ToHaveCountAsync(12);
        await nearest.First.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.Heading($"Item {id}")).Not.ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Item_ClickedNow_ShowsTheClickAmongItsDays()
    {
        await using ConsolePage page = await console.OpenAsync("/console/items/clicked-now");
        await Assertions.Expect(page.Page.GetByText("No events yet.")).ToBeVisibleAsync();
        using HttpResponseMessage sent = await console.Http.PostAsJsonAsync(
            "/v1/events",
            new { events = new[] { new { eventId = "days", userId = "days-visitor", itemId = "clicked-now", type = "click", timestamp = DateTimeOffset.UtcNow } } },
            TestContext.Current.CancellationToken);
        Assert.True(sent.IsSuccessStatusCode);
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Img, new() { Name = ": 1 click." })).ToBeVisibleAsync();

        // No version has learned the item, so nothing is similar to it.
        Assert.All(page.Errors, error => Assert.Contains("/similar", error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Item_Unknown_SaysWhatToDo()
    {
        await using ConsolePage page = await console.OpenAsync("/console/items/no%2Fsuch");
        await Assertions.Expect(page.Heading("Item no/such")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.GetByText("The catalogue does not have this item.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.GetByText("There is nothing to compare.")).ToBeVisibleAsync();
    }
}
