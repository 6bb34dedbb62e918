using System.Diagnostics.Metrics;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Shop;
using DinOrleans.Grains.Telemetry;
using DinOrleans.Model.Ranking;
using DinOrleans.Storage.Artifacts;
using DinOrleans.TestShop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Grains.Tests.Models;

/// <summary>The versions of one silo, over a folder of the small shop's versions.</summary>
internal sealed class SiloVersions : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<GrainsInstruments>().BuildServiceProvider();

    /// <param name="kernel">What computes scores.</param>
    public SiloVersions(ScoringKernel kernel = ScoringKernel.OnnxRuntime)
    {
        Loader = new(new FolderArtifactStore(Folder), new ShopSchema(SmallShop.Schema), Options.Create(new ScoringOptions { Kernel = kernel }));
        Host = new(Loader, _services.GetRequiredService<GrainsInstruments>(), Time, Logger);
    }

    public FakeLogger<ModelHost> Logger { get; } = new();

    /// <summary>The factory of the meters of this silo.</summary>
    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public string Folder { get; } = Directory.CreateTempSubdirectory("silo-versions-").FullName;

    public FakeTimeProvider Time { get; } = new();

    public ModelLoader Loader { get; }

    public ModelHost Host { get; }

    /// <summary>Writes a version; another seed gives another one.</summary>
    public string Write(int seed = 1, string model = Din.Name) => Path.GetFileName(UntrainedArtifact.Write(Folder, SmallShop.Schema, SmallShop.Values, model, seed: seed));

    public string PathOf(string version, string file = "") => Path.Combine(Folder, version, file);

    /// <summary>Does what the registry asks for.</summary>
    public Task ApplyAsync(string? active, string? target = null, string? retiring = null) =>
        Host.ApplyAsync(new(active, target, retiring), TestContext.Current.CancellationToken);

    public void Dispose()
    {
        Host.Dispose();
        _services.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
