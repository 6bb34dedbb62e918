using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Users;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Experiments;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.Keys;
using DinOrleans.Storage.Registry;
using DinOrleans.Storage.Search;
using DinOrleans.Storage.Sqlite;
using DinOrleans.Storage.Trainings;
using DinOrleans.TestMachine;
using DinOrleans.TestShop;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;

namespace DinOrleans.Cluster.Tests;

/// <summary>A cluster in this process that serves <see cref="SmallShop"/>; its silos share one set of stores, as they share PostgreSQL.</summary>
public sealed class ShopCluster : IAsyncDisposable
{
    private readonly ServiceProvider _stores;
    private readonly InProcessTestCluster _cluster;

    private readonly FeatureSchema _schema;

    private ShopCluster(string folder, FeatureSchema schema, ServiceProvider stores, InProcessTestCluster cluster)
    {
        _schema = schema;
        Folder = folder;
        _stores = stores;
        _cluster = cluster;
    }

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    public IClusterClient Client => _cluster.Client;

    public IModelRegistryGrain Registry => Client.GetGrain<IModelRegistryGrain>(0);

    public IExperimentsGrain Experiments => Client.GetGrain<IExperimentsGrain>(0);

    public IItemCatalogueGrain Items => Client.GetGrain<IItemCatalogueGrain>(0);

    public IReadOnlyList<InProcessSiloHandle> Silos => [.. _cluster.Silos];

    /// <summary>The stores that the silos share.</summary>
    public IServiceProvider Stores => _stores;

    /// <summary>Adds a silo and waits until it takes grains.</summary>
    public Task<InProcessSiloHandle> AddSiloAsync() => _cluster.StartAdditionalSiloAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="silos">The number of silos.</param>
    /// <param name="accelerators">The accelerator of each silo, by its index. A silo without an entry scores on the processor.</param>
    public static Task<ShopCluster> StartAsync(int silos = 1, params string[] accelerators) => StartAsync(SmallShop.Schema, silos, accelerators);

    /// <param name="schema">The shop's, with the features of <see cref="SmallShop"/>.</param>
    /// <param name="silos">The number of silos.</param>
    /// <param name="accelerators">The accelerator of each silo, by its index. A silo without an entry scores on the processor.</param>
    public static Task<ShopCluster> StartAsync(FeatureSchema schema, int silos = 1, params string[] accelerators) =>
        StartAsync(schema, silos, accelerators, _ => { });

    /// <param name="schema">The shop's, with the features of <see cref="SmallShop"/>.</param>
    /// <param name="silos">The number of silos.</param>
    /// <param name="accelerators">The accelerator of each silo, by its index. A silo without an entry scores on the processor.</param>
    /// <param name="configure">Sets up each silo before the grains are added.</param>
    /// <param name="configureClient">Sets up the client.</param>
    public static async Task<ShopCluster> StartAsync(
        FeatureSchema schema, int silos, string[] accelerators, Action<ISiloBuilder> configure, Action<IClientBuilder>? configureClient = null)
    {
        string folder = Directory.CreateTempSubdirectory("cluster-").FullName;
        string schemaFile = Path.Combine(folder, "schema.json");
        await File.WriteAllTextAsync(schemaFile, schema.ToJson(), Cancellation);
        ServiceProvider stores = new ServiceCollection()
            .AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddSqliteStorage(folder).BuildServiceProvider();
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureSilo((options, silo) =>
        {
            int index = int.Parse(options.SiloName.Split(' ', '_')[^1], System.Globalization.CultureInfo.InvariantCulture);
            string accelerator = index < accelerators.Length ? accelerators[index] : "cpu";
            IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Shop:SchemaFile"] = schemaFile,
                ["Scoring:Accelerator"] = accelerator,
                ["Scoring:Workers"] = "1",
                ["Scoring:Kernel"] = "OnnxRuntime",
                ["Scoring:DefaultDeadline"] = "00:01:00",
                ["Experiments:StageTime"] = "00:00:00",
                ["Experiments:StageRankings"] = "20",
                ["Experiments:GuardRankings"] = "20",
                ["Experiments:Ramp"] = "50,100",

                // Times on a busy machine say nothing of a version.
                ["Experiments:LatencyFactor"] = "100",
            }).Build();
            silo.Services.AddSingleton(stores.GetRequiredService<IBehaviourLog>());
            silo.Services.AddSingleton(stores.GetRequiredService<IImpressionLog>());
            silo.Services.AddSingleton(stores.GetRequiredService<IItemStore>());
            silo.Services.AddSingleton(stores.GetRequiredService<IProfileStore>());
            silo.Services.AddSingleton(stores.GetRequiredService<IRegistryStore>());
            silo.Services.AddSingleton(stores.GetRequiredService<IExperimentStore>());
            silo.Services.AddSingleton(stores.GetRequiredService<IArtifactStore>());
            silo.Services.AddSingleton(stores.GetRequiredService<ITrainingStore>());
            silo.Services.AddSingleton(stores.GetRequiredService<IKeyStore>());
            silo.Services.AddSingleton(stores.GetRequiredService<IUserSearch>());
            silo.Services.AddSingleton(stores.GetRequiredService<IItemSearch>());
            configure(silo);
            silo.AddDinOrleansGrains(configuration);
        });
        builder.ConfigureClient(client => configureClient?.Invoke(client));
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        return new(folder, schema, stores, cluster);
    }

    public IUserGrain User(string userId) => Client.GetGrain<IUserGrain>(userId);

    /// <summary>Puts the shop's items into the catalogue and waits until every silo has them.</summary>
    public async Task PutItemsAsync()
    {
        await Items.PutAsync([.. SmallShop.ItemIds.Select((id, i) => new Item(id, SmallShop.Features(i)))], Cancellation);
        for (int silo = 0; silo < Silos.Count; silo++)
        {
            await Service<ItemCatalogue>(silo).RefreshAsync(Cancellation);
        }
    }

    /// <summary>Writes an untrained version into the artifact store.</summary>
    public string WriteVersion(int seed = 1, string kind = "din") =>
        Path.GetFileName(UntrainedArtifact.Write(Path.Combine(Folder, "versions"), _schema, SmallShop.Values, kind, seed: seed));

    /// <summary>Publishes a version and waits until rankings use it everywhere.</summary>
    public async Task<string> PublishAsync(int seed = 1, string kind = "din")
    {
        string version = WriteVersion(seed, kind);
        await Registry.PublishAsync(version, Cancellation);
        await WaitUntilServedAsync(version);
        return version;
    }

    /// <summary>Waits until every silo ranks with a version and no other is on its way in or out.</summary>
    public Task WaitUntilServedAsync(string version) => WaitForAsync(
        $"every silo serves {version}",
        r => r.Assignment == new ModelAssignment(version, null, null) && r.Silos.Count == Silos.Count && r.Silos.All(s => s.Serving == version));

    /// <summary>Asks the registry until it is as wanted.</summary>
    public Task<ModelRegistry> WaitForAsync(string phase, Func<ModelRegistry, bool> condition) =>
        Eventually.BecomesAsync(phase, () => Registry.GetAsync(Cancellation), condition, cancellationToken: Cancellation);

    /// <summary>Makes the next call's grain, where it is not active yet, start on a silo.</summary>
    public void PlaceOn(int silo) => RequestContext.Set(IPlacementDirector.PlacementHintKey, Silos[silo].SiloAddress);

    /// <summary>Kills the silo that a grain is active on, and waits until the others know.</summary>
    public async Task KillSiloOfAsync(IAddressable grain)
    {
        SiloAddress address = (await Client.GetGrain<IManagementGrain>(0).GetActivationAddress(grain))!;
        await _cluster.KillSiloAsync(_cluster.Silos.Single(s => s.SiloAddress.Equals(address)));
        await _cluster.WaitForLivenessToStabilizeAsync(didKill: true);
    }

    /// <summary>How many users' grains a silo has in memory.</summary>
    public async Task<int> CountUsersAsync(int silo) =>
        (await Client.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics([Silos[silo].SiloAddress]))
            .Where(s => s.GrainType.Contains(nameof(UserGrain), StringComparison.Ordinal)).Sum(s => s.ActivationCount);

    /// <summary>A click on an item at a second of 2026.</summary>
    public static BehaviourEvent Click(string userId, string itemId, int second, string? eventId = null) => new()
    {
        EventId = eventId ?? $"e{second}",
        UserId = userId,
        ItemId = itemId,
        Type = "click",
        Timestamp = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(second),
    };

    /// <summary>A service of a silo.</summary>
    public T Service<T>(int silo)
        where T : notnull => Silos[silo].ServiceProvider.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _stores.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
