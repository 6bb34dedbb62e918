using System.Collections.Concurrent;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestMachine;
using DinOrleans.TestMachine.ObjectStores;
using DinOrleans.TestShop;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(ObjectStoreServers))]

namespace DinOrleans.Cluster.Tests;

/// <summary>Silos that share a bucket of versions and nothing else of them.</summary>
[Trait("Category", "ObjectStore")]
public sealed class ObjectStoreClusterTests(ObjectStoreServers servers) : IAsyncLifetime
{
    private const int Users = 12;

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentBag<ServiceProvider> _silos = [];
    private string _bucket = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bucket = await servers.S3.CreateBucketAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProvider silo in _silos)
        {
            await silo.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task PublishAsync_FromABucket_ReachesEverySiloAndOneWithAnEmptyCache()
    {
        await using ShopCluster shop = await StartAsync();
        await shop.PutItemsAsync();
        string version = await UploadAsync(shop, seed: 1);
        await shop.Registry.PublishAsync(version, Cancellation);
        await shop.WaitUntilServedAsync(version);
        await AllRankWithAsync(shop, version);
        Assert.Equal(2, Copies(version));

        await shop.KillSiloOfAsync(shop.Registry);
        await shop.AddSiloAsync();
        await shop.WaitUntilServedAsync(version);
        await AllRankWithAsync(shop, version);
        Assert.Equal(3, Copies(version));

        string next = await UploadAsync(shop, seed: 2);
        await shop.Registry.PublishAsync(next, Cancellation);
        await shop.WaitUntilServedAsync(next);
        await AllRankWithAsync(shop, next);
        Assert.NotEqual(version, next);
    }

    private Task<ShopCluster> StartAsync() =>
        ShopCluster.StartAsync(SmallShop.Schema, silos: 2, accelerators: [], silo => silo.Services.AddSingleton(_ => OpenStore()));

    /// <summary>Opens the bucket as a silo does that was never there.</summary>
    private IArtifactStore OpenStore()
    {
        ServiceProvider silo = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(servers.S3.Settings(_bucket)).Build())
            .AddSqliteStorage(_folder[Guid.NewGuid().ToString("N")])
            .BuildServiceProvider();
        _silos.Add(silo);
        return silo.GetRequiredService<IArtifactStore>();
    }

    /// <summary>Uploads a version through a silo.</summary>
    private async Task<string> UploadAsync(ShopCluster shop, int seed)
    {
        string folder = UntrainedArtifact.Write(_folder["trained"], SmallShop.Schema, SmallShop.Values, seed: seed);
        string version = Path.GetFileName(folder);
        IVersionUploadGrain upload = shop.Client.GetGrain<IVersionUploadGrain>(Guid.NewGuid());
        foreach (string file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            await upload.WriteAsync(new(version, name, 0, await File.ReadAllBytesAsync(file, Cancellation)), Cancellation);
        }

        await upload.CompleteAsync(version, Cancellation);
        return version;
    }

    private static async Task AllRankWithAsync(ShopCluster shop, string version)
    {
        for (int user = 0; user < Users; user++)
        {
            Ranking ranking = await shop.User($"u{user}").RankAsync(new RankQuery { Candidates = SmallShop.ItemIds }, Cancellation);
            Assert.Equal(version, ranking.ModelVersion);
        }
    }

    /// <summary>The number of silos, also of those that are gone, that have downloaded a version.</summary>
    private int Copies(string version) => Directory.GetDirectories(_folder.Path).Count(data => File.Exists(Path.Combine(data, "version-cache", version, "manifest.json")));
}
