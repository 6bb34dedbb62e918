using System.Diagnostics;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

/// <summary>Takes the pictures of the documentation, where the environment variable DINORLEANS_SCREENSHOTS asks for them.</summary>
[Trait("Category", "Slow")]
[Trait("Category", "Chromium")]
public sealed class ScreenshotTests : IDisposable
{
    private const string Switch = "DINORLEANS_SCREENSHOTS";

    private readonly string _folder = Directory.CreateTempSubdirectory("screenshots-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Console_OfTheSampleShop_IsPictured()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Switch) == "1", $"{Switch}=1 takes the pictures of the documentation again.");
        await using Browser browser = await Browser.StartAsync();
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, "--data", _folder);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        using Process shoppers = Process.Start(Commands.Start(
            "Cli", "shoppers", "--url", server.Http.BaseAddress!.AbsoluteUri, "--shop", Path.Combine(_folder, "sample-shop"), "--rate", "20", "--duration", "600", "--report", "0"))!;
        try
        {
            await server.WaitAsync("/v1/overview", body => !body.Contains("\"clicks\":null", StringComparison.Ordinal) && body.Contains("\"positives\":", StringComparison.Ordinal), Cancellation);
            foreach ((string view, string path, string ready) in ((string, string, string)[])[("overview", "/console", ".plot"), ("try", "/console/try", "table.heat")])
            {
                await TakeAsync(browser, server, view, path, ready);
            }
        }
        finally
        {
            shoppers.Kill(entireProcessTree: true);
        }
    }

    private static async Task TakeAsync(Browser browser, StandaloneProcess server, string view, string path, string ready)
    {
        await using ConsolePage page = await browser.OpenAsync(server.Http.BaseAddress!, path, new() { Width = 1280, Height = 1000 });
        await Assertions.Expect(page.Page.Locator(ready).First).ToBeVisibleAsync();
        await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        string file = RepositoryFolder.Of($"docs/images/console-{view}.png");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await page.Page.ScreenshotAsync(new() { Path = file, FullPage = view == "try" });
        Assert.Empty(page.Errors);
    }
}
