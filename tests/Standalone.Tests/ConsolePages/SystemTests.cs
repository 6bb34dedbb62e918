using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

[Collection(ConsoleCollection.Name)]
[Trait("Category", "Chromium")]
public sealed class SystemTests(ConsoleFixture console)
{
    [Fact]
    public async Task System_OfOneServer_ShowsItsSiloAndItsSettings()
    {
        await using ConsolePage page = await console.OpenAsync("/console/system");
        ILocator silo = page.Region("Silos").Locator("tbody tr");
        await Assertions.Expect(silo).ToHaveCountAsync(1);
        await Assertions.Expect(silo).ToContainTextAsync("scoring");
        await Assertions.Expect(page.Region("Settings")).ToContainTextAsync("Silo:SiloPort");
        await page.Page.GetByLabel("Show defaults").CheckAsync();
        await Assertions.Expect(page.Region("Settings").Locator("tr", new() { HasText = "Silo:ConnectionString" })).ToContainTextAsync("not given");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Key_MadeAndRevoked_IsShownOnceAndThenListedAsRevoked()
    {
        await using ConsolePage page = await console.OpenAsync("/console/system");
        await page.Page.GetByText("Make a key").ClickAsync();
        await page.Page.GetByLabel("Who or what it is for").FillAsync("console test");
        await page.Button("Make the key").ClickAsync();
        await Assertions.Expect(page.Region("The key")).ToContainTextAsync("dok_");
        await page.Button("Revoke console test").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Assertions.Expect(page.Region("API keys").Locator("tr", new() { HasText = "console test" })).ToContainTextAsync("revoked");
        Assert.Empty(page.Errors);
    }
}
