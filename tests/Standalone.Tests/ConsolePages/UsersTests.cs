using System.Text.Json;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

[Collection(ConsoleCollection.Name)]
[Trait("Category", "Chromium")]
public sealed class UsersTests(ConsoleFixture console)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_ByPrefix_FindsUsersPageByPage()
    {
        await using ConsolePage page = await console.OpenAsync("/console/users");
        ILocator rows = page.Region("Users").Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(20);
        await page.Button("Next page").ClickAsync();
        await Assertions.Expect(page.Page.GetByText("Page 2")).ToBeVisibleAsync();
        await page.Button("Previous page").ClickAsync();
        await Assertions.Expect(page.Page.GetByText("Page 1")).ToBeVisibleAsync();
        await page.Page.GetByLabel("The beginning of a user id").FillAsync("user-59");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await Assertions.Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("prefix=user-59"));
        await page.Link("user-59").ClickAsync();
        await Assertions.Expect(page.Heading("User user-59")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator(".timeline > li").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.GetByText("age_band")).ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task User_AfterARankingAndAClick_ShowsWhatWasClicked()
    {
        await using ConsolePage page = await console.OpenAsync("/console/try?user=shown-visitor&items=item-1,item-2");
        await page.Button("Send click on item-1").ClickAsync();
        await Assertions.Expect(page.Page.GetByText("The event click on item-1 was sent")).ToBeVisibleAsync();

        // Rankings are logged a moment after they were answered.
        await TestMachine.Eventually.BecomesAsync(
            "both rankings are logged",
            () => console.Http.GetStringAsync("/v1/users/shown-visitor/recent", Cancellation),
            text => JsonElement.Parse(text).GetProperty("rankings").GetArrayLength() == 2,
            cancellationToken: Cancellation);
        await page.Link("Profile and history").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".chip", new() { HasText = "item-1" }).Locator(".badge")).ToHaveTextAsync("click");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task User_ExportedThenErased_IsDownloadedAndGone()
    {
        await using ConsolePage page = await console.OpenAsync("/console/users/user-7");
        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Button("Export").ClickAsync());
        JsonElement exported = JsonElement.Parse(await File.ReadAllTextAsync(await download.PathAsync(), Cancellation));
        Assert.Equal("user-7", exported.GetProperty("userId").GetString());
        Assert.True(exported.GetProperty("behaviours").GetArrayLength() > 0);

        await page.Button("Erase …").ClickAsync();
        ILocator erase = page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Erase" });
        await Assertions.Expect(erase).ToBeDisabledAsync();
        await page.Page.GetByLabel("Type user-7 to confirm").FillAsync("user-7");
        await erase.ClickAsync();
        await Assertions.Expect(page.Page.GetByText("Everything that was held about the user was erased.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.GetByText("No behaviours.")).ToBeVisibleAsync();
        JsonElement found = JsonElement.Parse(await console.Http.GetStringAsync("/v1/users?prefix=user-7", Cancellation));
        Assert.DoesNotContain("user-7", found.GetProperty("users").EnumerateArray().Select(u => u.GetString()));
        Assert.Empty(page.Errors);
    }
}
