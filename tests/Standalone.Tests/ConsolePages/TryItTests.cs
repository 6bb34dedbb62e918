using System.Text.Json;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

[Collection(ConsoleCollection.Name)]
[Trait("Category", "Chromium")]
public sealed class TryItTests(ConsoleFixture console)
{
    [Fact]
    public async Task FirstVisit_WithoutAnyInput_RanksPopularItemsForARandomShopper()
    {
        // The server knows shoppers of other tests too, some of them without a history, so it is not left to chance which one it names.
        await using ConsolePage page = await console.OpenAsync("/console/users");
        await page.Page.RouteAsync(new System.Text.RegularExpressions.Regex("/v1/users\\?.*random=true"), route => route.FulfillAsync(new() { Json = new { users = new[] { "user-1" } } }));
        await page.Page.GotoAsync("/console/try");
        await Assertions.Expect(page.Page.Locator(".ranked > li")).ToHaveCountAsync(12);
        await Assertions.Expect(page.Page.GetByLabel("User id")).ToHaveValueAsync("user-1");
        await Assertions.Expect(page.Page.Locator(".ranked > li").First.Locator(".tags")).ToContainTextAsync("category");
        await Assertions.Expect(page.Region("Attention of each candidate to each behaviour")).ToBeVisibleAsync();
        await Assertions.Expect(page.Region("Rank with curl")).ToContainTextAsync("/v1/rank");
        await Assertions.Expect(page.Region("Rank with C#")).ToContainTextAsync("PostAsJsonAsync");
        Assert.Contains("/console/try?user=user-1", page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Click_OnAnItem_IsSentWithItsRankingAndMakesAnother()
    {
        await using ConsolePage page = await console.OpenAsync("/console/try?user=try-visitor&items=item-1,item-2,item-3");
        await Assertions.Expect(page.Page.Locator(".ranked > li")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Page.GetByText("This shopper has no history yet")).ToBeVisibleAsync();
        await page.Button("Send click on item-2").ClickAsync();
        await Assertions.Expect(page.Page.GetByText("The event click on item-2 was sent")).ToBeVisibleAsync();

        // One behaviour, so that each candidate has one weight.
        await Assertions.Expect(page.Page.Locator("table.heat tbody td")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Region("Send the event with curl")).ToContainTextAsync("item-2");
        JsonElement held = JsonElement.Parse(await console.Http.GetStringAsync("/v1/users/try-visitor", TestContext.Current.CancellationToken));
        JsonElement behaviour = Assert.Single(held.GetProperty("behaviours").EnumerateArray().ToArray());
        Assert.Equal(("item-2", "click"), (behaviour.GetProperty("itemId").GetString(), behaviour.GetProperty("type").GetString()));
        Assert.Equal(32, behaviour.GetProperty("rankingId").GetString()!.Length);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Answer_AfterTheViewWasLeft_DoesNotLeadBack()
    {
        await using ConsolePage page = await console.OpenAsync("/console/users");
        var left = new TaskCompletionSource();
        await page.Page.RouteAsync("**/v1/rank", async route =>
        {
            await left.Task;
            await route.ContinueAsync();
        });
        await page.Page.GotoAsync("/console/try?user=slow-visitor&items=item-1,item-2");
        await Assertions.Expect(page.Heading("Try it")).ToBeVisibleAsync();
        await page.Link("Users").ClickAsync();
        await Assertions.Expect(page.Heading("Users")).ToBeVisibleAsync();

        // The features of the items are asked for once the ranking has come and the address was written.
        Task features = page.Page.WaitForRequestAsync("**/v1/items?id=*");
        left.SetResult();
        await features;
        Assert.EndsWith("/console/users", page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Candidates_FoundByIdAndFeature_AreAddedAndRanked()
    {
        await using ConsolePage page = await console.OpenAsync("/console/try?user=user-1&items=item-1");
        await page.Page.GetByText("By id", new() { Exact = true }).ClickAsync();
        await page.Page.GetByLabel("The beginning of an item id").FillAsync("item-14");
        await page.Button("Add item-14").ClickAsync();
        await page.Page.GetByText("By feature", new() { Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Feature", Exact = true }).SelectOptionAsync("category");
        await page.Page.GetByLabel("Value", new() { Exact = true }).FillAsync("no such value");
        await Assertions.Expect(page.Page.GetByText("No item was found.")).ToBeVisibleAsync();
        await page.Button("Rank").ClickAsync();
        await Assertions.Expect(page.Page.GetByText("2 items were ranked.")).ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Rank_InputThatBreaksARule_ShowsFieldAndRule()
    {
        await using ConsolePage page = await console.OpenAsync("/console/try?user=user-1&items=item-1,item-1");
        ILocator alert = page.Page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(alert).ToContainTextAsync("The input breaks a rule.");
        await Assertions.Expect(alert).ToContainTextAsync("candidates[1].itemId must occur once");
    }
}
