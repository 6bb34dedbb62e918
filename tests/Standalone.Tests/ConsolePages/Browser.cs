using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

/// <summary>The Chromium of the machine, without a window. Tests that need it skip where there is none.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>How long an expectation, an action and a navigation may take, in milliseconds.</summary>
    private const int Patience = 120_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Browser> StartAsync()
    {
        string? chromium = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "No Chromium is installed.");
        IPlaywright playwright = await Playwright.CreateAsync();

        // The machine may be busy. An expectation ends as soon as it is met.
        Assertions.SetDefaultExpectTimeout(Patience);
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Arguments }));
    }

    /// <summary>Opens a page with a session of its own, so that no test sees what another one has chosen.</summary>
    public async Task<ConsolePage> OpenAsync(Uri server, string path, ViewportSize? size = null, ColorScheme colours = ColorScheme.Light, string? password = null)
    {
        IBrowserContext context = await _browser.NewContextAsync(new()
        {
            BaseURL = server.AbsoluteUri,
            ViewportSize = size ?? new() { Width = 1280, Height = 900 },
            ColorScheme = colours,
            ReducedMotion = ReducedMotion.Reduce,
            HttpCredentials = password is null ? null : new() { Username = "anybody", Password = password },
        });
        context.SetDefaultTimeout(Patience);
        IPage page = await context.NewPageAsync();
        var opened = new ConsolePage(context, page);
        await page.GotoAsync(path);
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
