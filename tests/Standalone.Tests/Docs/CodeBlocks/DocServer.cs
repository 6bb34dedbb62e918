using DinOrleans.Datasets.SampleShop;
using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests.Docs.CodeBlocks;

/// <summary>The server that the pages speak to: a small sample shop with a version that serves.</summary>
public sealed class DocServer : IAsyncLifetime
{
    /// <summary>A version that a page publishes serves at once, so that no roll-out of it is in the way of the next page.</summary>
    private static readonly string[] Settings = ["--Training:Enabled", "false", "--Experiments:RollOut", "Immediate"];

    private readonly TinyShop _shop = new(new SampleShopOptions { Users = 60, Items = 150, Topics = 10, RankingsPerUser = 6, Days = 30 });
    private StandaloneProcess _server = null!;

    /// <summary>The data folder of the server.</summary>
    public string Data => _shop.Data;

    public HttpClient Http => _server.Http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StartAsync(_shop.Arguments);

    /// <summary>Stops the server, and starts it again without its dataset and with another schema, as the page on features says.</summary>
    public async Task RestartAsync(string schema)
    {
        Assert.Equal(0, await _server.InterruptAsync(Cancellation));
        await _server.DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(Data, "schema.json"), schema, Cancellation);
        await StartAsync(["--data", Data]);
    }

    /// <summary>Ends the experiments that a page has left, so that the next page finds all users in none.</summary>
    public Task EndExperimentsAsync() => Experiments.EndAllAsync(Http, Cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _shop.Dispose();
    }

    private async Task StartAsync(IEnumerable<string> arguments)
    {
        _server = await StandaloneProcess.StartAsync(Cancellation, [.. arguments, .. Settings]);
        await _server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
    }
}
