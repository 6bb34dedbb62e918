using System.Text.Json;
using DinOrleans.TestMachine;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

/// <summary>Every view, judged by axe in both colour schemes, and at the width of a phone.</summary>
[Collection(ConsoleCollection.Name)]
[Trait("Category", "Chromium")]
public sealed class AccessibilityTests(ConsoleFixture console)
{
    internal const string Audit =
        """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
            .filter(v => v.impact === 'serious' || v.impact === 'critical')
            .map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.target.join(' ')).slice(0, 5).join(', ')}`)
        """;

    public static TheoryData<string, string> Views => new()
    {
        { "/console", "Overview" },
        { "/console/try", "Try it" },
        { "/console/users", "Users" },
        { "/console/users/user-1", "User user-1" },
        { "/console/items", "Items" },
        { "/console/items/item-1", "Item item-1" },
        { "/console/models", "Models" },
        { "/console/models/{version}", "Version {version}" },
        { "/console/trainings", "Trainings" },
        { "/console/experiments", "Experiments" },
        { "/console/system", "System" },
        { "/console/nothing", "There is no such view" },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_JudgedByAxe_HasNoSeriousFinding(string path, string heading)
    {
        string axe = RepositoryFolder.Of("src/Console/node_modules/axe-core/axe.min.js");
        Assert.SkipUnless(File.Exists(axe), "axe-core is not here: \"npm ci\" in src/Console installs it.");
        await using ConsolePage page = await console.OpenAsync(Fill(path));
        await ReadyAsync(page, Fill(heading));

        // The policy of the page lets no other script in, but the debugger of the browser does.
        await page.Page.EvaluateAsync(await File.ReadAllTextAsync(axe, TestContext.Current.CancellationToken));
        foreach (string colours in (string[])["light", "dark"])
        {
            await page.Page.GetByLabel("Colours").SelectOptionAsync(colours);
            JsonElement findings = (await page.Page.EvaluateAsync(Audit))!.Value;
            Assert.Empty(findings.EnumerateArray().Select(f => $"{colours}: {f.GetString()}"));
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_AtTheWidthOfAPhone_DoesNotScrollSideways(string path, string heading)
    {
        await using ConsolePage page = await console.OpenAsync(Fill(path), new() { Width = 375, Height = 800 });
        await ReadyAsync(page, Fill(heading));
        int beyond = await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.Equal(0, beyond);
    }

    private string Fill(string text) => text.Replace("{version}", console.Version, StringComparison.Ordinal);

    /// <summary>Waits until the view has loaded what it shows.</summary>
    private static async Task ReadyAsync(ConsolePage page, string heading)
    {
        await Assertions.Expect(page.Heading(heading)).ToBeVisibleAsync();
        await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Assertions.Expect(page.Page.Locator(".placeholder")).ToHaveCountAsync(0);
    }
}
