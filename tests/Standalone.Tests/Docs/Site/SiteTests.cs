using System.Collections.Concurrent;
using System.Text.Json;
using DinOrleans.Standalone.Tests.ConsolePages;
using DinOrleans.Standalone.Tests.Docs.CodeBlocks;
using DinOrleans.TestMachine;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.Docs.Site;

/// <summary>The documentation as a site works offline, in both colour schemes, on a phone, and for those who cannot see it.</summary>
[Trait("Category", "Chromium")]
public sealed class SiteTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    /// <summary>Pages of every kind, with the files that they are made from.</summary>
    public static TheoryData<string, string> Views => new()
    {
        { "/", "README.md" },
        { "/docs/tutorial.html", "docs/tutorial.md" },
        { "/docs/how-to/", "docs/how-to/README.md" },
        { "/docs/rest.html", "docs/rest.md" },
        { "/docs/architecture.html", "docs/architecture.md" },
        { "/docs/explanation/din.html", "docs/explanation/din.md" },
        { "/docs/explanation/attention-and-towers.html", "docs/explanation/attention-and-towers.md" },
        { "/docs/cli.html", "docs/cli.md" },
        { "/src/Client/", "src/Client/README.md" },
        { "/clients/python/", "clients/python/README.md" },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_Opened_ShowsItsDiagramsAndAsksNobodyElse(string path, string file)
    {
        await using ConsolePage page = await site.OpenAsync("/404.html");
        ConcurrentQueue<string> elsewhere = [];
        page.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site.Address.AbsoluteUri, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                elsewhere.Enqueue(request.Url);
            }
        };
        await page.Page.GotoAsync(path);
        await Assertions.Expect(page.Page.Locator(".diagram .drawn svg")).ToHaveCountAsync(CodeBlock.Read(file).Count(b => b.Language == "mermaid"));
        await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Empty(elsewhere);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Search_OfAWord_LeadsToThePageThatExplainsIt()
    {
        await using ConsolePage page = await site.OpenAsync("/");
        await page.Page.Locator("#local-search button").ClickAsync();
        await page.Page.GetByRole(AriaRole.Searchbox).FillAsync("in-batch negatives calibration");
        ILocator found = page.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Bias and calibration" }).First;
        await found.ClickAsync();
        await Assertions.Expect(page.Heading("Bias and calibration")).ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_JudgedByAxe_HasNoSeriousFinding(string path, string file)
    {
        string axe = RepositoryFolder.Of("src/Console/node_modules/axe-core/axe.min.js");
        Assert.SkipUnless(File.Exists(axe), "axe-core is not here: \"npm ci\" in src/Console installs it.");
        foreach (ColorScheme colours in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using ConsolePage page = await site.OpenAsync(path, colours: colours);
            await Assertions.Expect(page.Page.Locator(".diagram .drawn svg")).ToHaveCountAsync(CodeBlock.Read(file).Count(b => b.Language == "mermaid"));
            await page.Page.EvaluateAsync(await File.ReadAllTextAsync(axe, TestContext.Current.CancellationToken));
            JsonElement findings = (await page.Page.EvaluateAsync(AccessibilityTests.Audit))!.Value;
            string found = string.Join('\n', findings.EnumerateArray().Select(f => f.GetString()));
            Assert.True(found.Length == 0, $"{colours}: {found}");
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_AtTheWidthOfAPhone_DoesNotScrollSideways(string path, string file)
    {
        await using ConsolePage page = await site.OpenAsync(path, new() { Width = 375, Height = 800 });
        await Assertions.Expect(page.Page.Locator(".diagram .drawn svg")).ToHaveCountAsync(CodeBlock.Read(file).Count(b => b.Language == "mermaid"));
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }
}
