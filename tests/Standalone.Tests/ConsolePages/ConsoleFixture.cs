using DinOrleans.Datasets.SampleShop;
using DinOrleans.Standalone.Tests.Processes;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

/// <summary>A server with a small sample shop and a version that serves, and a browser that looks at its console.</summary>
public sealed class ConsoleFixture : IAsyncLifetime
{
    private readonly TinyShop _shop = new(new SampleShopOptions { Users = 60, Items = 150, Topics = 10, RankingsPerUser = 6, Days = 30 });
    private StandaloneProcess _server = null!;
    private Browser _browser = null!;

    public HttpClient Http => _server.Http;

    /// <summary>The version that serves.</summary>
    internal string Version => Path.GetFileName(_shop.Artifact);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _browser = await Browser.StartAsync();
        _server = await StandaloneProcess.StartAsync(Cancellation, [.. _shop.Arguments, "--Training:Niceness", "0", "--Training:Options", """{"din":{"training":{"epochs":1}}}"""]);
        await _server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
    }

    /// <summary>Opens a view of the console.</summary>
    internal Task<ConsolePage> OpenAsync(string path, ViewportSize? size = null) => _browser.OpenAsync(_server.Http.BaseAddress!, path, size);

    /// <summary>Writes another version, which nothing has published.</summary>
    /// <returns>Its folder.</returns>
    internal string WriteVersion(int seed) => _shop.WriteVersion(seed);

    /// <summary>Ends the experiments that another test has left, such as the roll-out of what it has trained.</summary>
    internal Task EndExperimentsAsync() => Experiments.EndAllAsync(Http, Cancellation);

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

        _shop.Dispose();
    }
}

/// <summary>Tests that look at one server, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ConsoleCollection : ICollectionFixture<ConsoleFixture>
{
    public const string Name = "console";
}
