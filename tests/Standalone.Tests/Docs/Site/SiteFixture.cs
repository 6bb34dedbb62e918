using DinOrleans.Standalone.Tests.ConsolePages;
using DinOrleans.TestMachine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.Docs.Site;

/// <summary>The built documentation, served on loopback, and a browser that reads it.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    private WebApplication? _server;
    private Browser _browser = null!;

    /// <summary>The address of the site.</summary>
    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        string built = RepositoryFolder.Of("build/site/dist");
        Assert.SkipUnless(Directory.Exists(built), "The documentation is not built as a site: \"npm ci && npm run build\" in build/site does it.");
        _browser = await Browser.StartAsync();
        Address = new($"http://127.0.0.1:{FreePort.Take(1)[0]}");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.AbsoluteUri);
        _server = builder.Build();
        _server.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(built) });
        await _server.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Opens a page of the site, and waits until its script has taken it over: before that, buttons do nothing and have no names.</summary>
    internal async Task<ConsolePage> OpenAsync(string path, ViewportSize? size = null, ColorScheme colours = ColorScheme.Light)
    {
        ConsolePage page = await _browser.OpenAsync(Address, path, size, colours);
        await Assertions.Expect(page.Page.Locator(".VPNavBarAppearance [role='switch'][title]:not([title=''])")).ToHaveCountAsync(1);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
