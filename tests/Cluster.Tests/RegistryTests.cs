using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Models;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Registry;
using DinOrleans.TestShop;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.TestingHost;

namespace DinOrleans.Cluster.Tests;

/// <summary>The registry where versions are bad, silos come and go, and the registry itself moves.</summary>
public sealed class RegistryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RankQuery Query { get; } = new() { Candidates = SmallShop.ItemIds };

    [Fact]
    public async Task PublishAsync_VersionThatSilosRefuse_SaysWhyWithoutPathsAndTheOldOneServes()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync(silos: 2);
        await shop.PutItemsAsync();
        string first = await shop.PublishAsync(seed: 1);
        string damaged = shop.WriteVersion(seed: 2);
        await File.AppendAllTextAsync(Path.Combine(Folder(shop, damaged), "scorer.onnx"), "x", Cancellation);
        await shop.Registry.PublishAsync(damaged, Cancellation);
        ModelRegistry registry = await shop.WaitForAsync("the target is given up", r => r.Assignment.Target is null);
        string reason = registry.Versions.Single(v => v.Version == damaged).RefusedBecause!;
        Assert.Contains("scorer.onnx: is damaged", reason);
        Assert.DoesNotContain(shop.Folder, reason);
        Assert.All(shop.Silos, s => Assert.DoesNotContain(s.SiloAddress.Endpoint.ToString(), reason));
        Assert.Equal(first, registry.Assignment.Active);
        Assert.Equal(first, (await shop.User("a").RankAsync(Query, Cancellation)).ModelVersion);

        string second = await shop.PublishAsync(seed: 3);
        Assert.Equal(second, (await shop.User("a").RankAsync(Query, Cancellation)).ModelVersion);
    }

    [Fact]
    public async Task PublishAsync_ManifestThatBreaksARule_IsRefusedAtOnce()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        string version = shop.WriteVersion();
        Directory.Move(Folder(shop, version), Folder(shop, "renamed"));
        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(() => shop.Registry.PublishAsync("renamed", Cancellation));
        Assert.Contains("renamed", refused.Message);
        Assert.DoesNotContain(shop.Folder, refused.Message);
        Assert.Null((await shop.Registry.GetAsync(Cancellation)).Assignment.Target);
    }

    [Fact]
    public async Task PublishAsync_VersionThatCannotBeReadForAWhile_BecomesActiveOnceItCan()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        string first = await shop.PublishAsync(seed: 1);
        string second = shop.WriteVersion(seed: 2);
        await shop.Registry.ActivateAsync(first, Cancellation);
        await using (FileStream held = Hold(shop, second))
        {
            await shop.Registry.PublishAsync(second, Cancellation);
            ModelRegistry failing = await shop.WaitForAsync($"a silo cannot read {second}", r => r.Silos.Any(s => s.Failing.ContainsKey(second)));
            Assert.Equal(second, failing.Assignment.Target);
            Assert.Null(failing.Versions.Single(v => v.Version == second).RefusedBecause);
            Assert.Equal(first, (await shop.User("a").RankAsync(Query, Cancellation)).ModelVersion);
        }

        await shop.WaitUntilServedAsync(second);
    }

    [Fact]
    public async Task PublishAsync_VersionThatCannotBeReadForTooLong_IsRefused()
    {
        await using ShopCluster shop = await StartAsync(o => o.Patience = TimeSpan.FromSeconds(1));
        string version = shop.WriteVersion();
        await using FileStream held = Hold(shop, version);
        await shop.Registry.PublishAsync(version, Cancellation);
        ModelRegistry registry = await shop.WaitForAsync("the version is refused", r => r.Versions.Any(v => v.RefusedBecause is not null));
        Assert.Null(registry.Assignment.Target);
    }

    [Fact]
    public async Task PublishAsync_ThenTheRegistryIsLost_GoesOnWhereItIsMadeAnew()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        await shop.PublishAsync(seed: 1);
        string second = shop.WriteVersion(seed: 2);
        await using (FileStream held = Hold(shop, second))
        {
            await shop.Registry.PublishAsync(second, Cancellation);
            await shop.WaitForAsync($"a silo cannot read {second}", r => r.Silos.Any(s => s.Failing.ContainsKey(second)));
            await LoseRegistryAsync(shop);
            Assert.Equal(second, (await shop.Registry.GetAsync(Cancellation)).Assignment.Target);
        }

        await shop.WaitUntilServedAsync(second);
    }

    [Fact]
    public async Task ActivateAsync_Acknowledged_IsInTheStore()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        string first = await shop.PublishAsync(seed: 1);
        await shop.PublishAsync(seed: 2);
        await using FileStream held = Hold(shop, first);
        await shop.Registry.ActivateAsync(first, Cancellation);
        RegistryState stored = await shop.Stores.GetRequiredService<IRegistryStore>().ReadAsync(Cancellation);
        Assert.Equal(first, stored.Activation.Target);
    }

    [Fact]
    public async Task ActivateAsync_TheRegistryWasChangedElsewhere_StoresNothingAndThenGoesOnFromThere()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        string first = await shop.PublishAsync(seed: 1);
        string second = await shop.PublishAsync(seed: 2);
        IRegistryStore store = shop.Stores.GetRequiredService<IRegistryStore>();
        RegistryState state = await store.ReadAsync(Cancellation);
        Assert.True(await store.TryWriteAsync(new(state.Revision, state.Activation with { Previous = null }), Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => shop.Registry.ActivateAsync(first, Cancellation));
        Assert.Equal(second, (await store.ReadAsync(Cancellation)).Activation.Active);
        await shop.Registry.ActivateAsync(first, Cancellation);
        await shop.WaitUntilServedAsync(first);
    }

    [Fact]
    public async Task ReportAsync_FromAClient_IsRefusedAndChangesNothing()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        string version = await shop.PublishAsync();
        string silo = shop.Silos[0].SiloAddress.ToParsableString();
        var rogue = new SiloModels(silo, null, [], new Dictionary<string, string> { [version] = "rogue says no" });
        ISiloModelsGrain registry = shop.Client.GetGrain<ISiloModelsGrain>(0);
        await Assert.ThrowsAsync<InvalidInputException>(() => registry.ReportAsync(rogue, Cancellation));
        await Assert.ThrowsAsync<InvalidInputException>(() => registry.ReportAsync(rogue with { Silo = "10.6.6.6:1@1" }, Cancellation));
        Assert.All((await shop.Registry.GetAsync(Cancellation)).Silos, s => Assert.Equal(silo, s.Silo));
    }

    [Fact]
    public async Task ReportAsync_OfASiloThatIsNotAMember_DoesNotCount()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        string version = await shop.PublishAsync();
        IGrainFactory insideASilo = shop.Service<IGrainFactory>(0);
        var stranger = new SiloModels("10.6.6.6:1@1", null, [], new Dictionary<string, string> { [version] = "no" });
        ModelAssignment assignment = await insideASilo.GetGrain<ISiloModelsGrain>(0).ReportAsync(stranger, Cancellation);
        Assert.Equal(version, assignment.Active);
        Assert.DoesNotContain((await shop.Registry.GetAsync(Cancellation)).Silos, s => s.Silo == stranger.Silo);
    }

    [Fact]
    public async Task Start_SiloThatCannotLoadTheActiveVersion_DoesNotJoinUntilItCanWhileOthersServe()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        string version = await shop.PublishAsync();
        string graph = Path.Combine(Folder(shop, version), "scorer.onnx");
        byte[] good = await File.ReadAllBytesAsync(graph, Cancellation);
        await File.AppendAllTextAsync(graph, "x", Cancellation);
        Task<InProcessSiloHandle> joining = shop.AddSiloAsync();
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(version, (await shop.User($"u{i}").RankAsync(Query, Cancellation)).ModelVersion);
        }

        Assert.False(joining.IsCompleted);
        await File.WriteAllBytesAsync(graph, good, Cancellation);
        await joining.WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        await shop.WaitUntilServedAsync(version);
    }

    [Fact]
    public async Task Start_OnlySiloThatCannotLoadTheActiveVersion_RefusesRankingsInsteadOfRankingByPopularity()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        string broken = shop.WriteVersion(seed: 1);
        await File.AppendAllTextAsync(Path.Combine(Folder(shop, broken), "scorer.onnx"), "x", Cancellation);
        ModelHost host = shop.Service<ModelHost>(0);
        await host.ApplyAsync(new(broken, null, null), Cancellation);
        Assert.Throws<ModelVersionNotLoadedException>(() => host.LeaseActive());
        Assert.Contains("scorer.onnx", host.Report("s").Refused[broken]);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task PublishAsync_MoreVersionsThanAreKept_RemovesTheOldestButNotTheOneBefore()
    {
        await using ShopCluster shop = await StartAsync(o => o.Keep = 2);
        string[] versions = new string[4];
        for (int seed = 0; seed < versions.Length; seed++)
        {
            versions[seed] = await shop.PublishAsync(seed: seed + 1);
        }

        await shop.Registry.ActivateAsync(versions[2], Cancellation);
        await shop.WaitUntilServedAsync(versions[2]);
        ModelRegistry registry = await shop.WaitForAsync("the oldest versions are removed", r => r.Versions.Count == 2);
        Assert.Equal([versions[3], versions[2]], registry.Versions.Select(v => v.Version));
        Assert.Equal(versions[2..].Order(), (await shop.Stores.GetRequiredService<IArtifactStore>().ListAsync(Cancellation)).Order());
    }

    private static Task<ShopCluster> StartAsync(Action<ModelOptions> options) =>
        ShopCluster.StartAsync(SmallShop.Schema, 1, [], silo => silo.Services.Configure(options));

    private static string Folder(ShopCluster shop, string version) => Path.Combine(shop.Folder, "versions", version);

    /// <summary>Keeps a version from being read, as a share that hangs does, until the stream is closed.</summary>
    private static FileStream Hold(ShopCluster shop, string version) =>
        new(Path.Combine(Folder(shop, version), "scorer.onnx"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Ends the registry's activation; the next call makes it anew from the store.</summary>
    private static async Task LoseRegistryAsync(ShopCluster shop)
    {
        await shop.Registry.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
    }
}
