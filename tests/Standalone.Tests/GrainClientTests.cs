using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;
using DinOrleans.Standalone.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DinOrleans.Standalone.Tests;

/// <summary>Another process calls the grains with nothing but the contracts.</summary>
public sealed class GrainClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RankAsync_FromAnotherProcess_RanksAndReadsItsWrites()
    {
        using var shop = new TinyShop();
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, shop.Arguments);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.UseOrleansClient(client => client.UseLocalhostClustering(server.ClientPort, "dinorleans", "dinorleans").KeepTrying());
        using IHost host = builder.Build();
        await host.StartAsync(Cancellation);
        IGrainFactory grains = host.Services.GetRequiredService<IGrainFactory>();

        IUserGrain user = grains.GetGrain<IUserGrain>("another");
        var query = new RankQuery { Candidates = [.. shop.ItemIds.Take(5)], Explain = true };
        Ranking before = await user.RankAsync(query, Cancellation);
        AppendResult appended = await user.AppendAsync(
            [new() { EventId = "e1", UserId = "another", ItemId = shop.ItemIds[0], Type = "click", Timestamp = DateTimeOffset.UtcNow }], Cancellation);
        Ranking after = await user.RankAsync(query, Cancellation);

        Assert.Equal(RankingSource.Model, before.Source);
        Assert.Equal((0, 1), (before.HistoryLength, after.HistoryLength));
        Assert.Equal(new AppendResult(1, 0), appended);
        Assert.Equal(shop.ItemIds[0], Assert.Single(after.Explanation!.History).ItemId);
        Assert.Equal(after.Items.Count, after.Explanation.Weights.Length);
        ModelRegistry registry = await grains.GetGrain<IModelRegistryGrain>(0).GetAsync(Cancellation);
        Assert.Equal(after.ModelVersion, registry.Assignment.Active);
        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(() => user.RankAsync(new RankQuery { Candidates = [] }, Cancellation));
        Assert.Equal("candidates", Assert.Single(refused.Violations).Field);
        await host.StopAsync(Cancellation);
    }
}
