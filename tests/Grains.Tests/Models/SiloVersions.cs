using DinOrleans.Grains.Models;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Shop;
using DinOrleans.Grains.Telemetry;
using DinOrleans.Storage.Artifacts;
using DinOrleans.TestShop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Grains.Tests.Models;

/// <summary>The versions of one silo, over a folder of the small shop's versions.</summary>
internal sealed class SiloVersions : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<GrainsInstruments>().BuildServiceProvider();

    public SiloVersions()
    {
        Loader = new(new FolderArtifactStore(Folder), new ShopSchema(SmallShop.Schema), Options.Create(new ScoringOptions { Kernel = ScoringKernel.OnnxRuntime }));
        Host = new(Loader, _services.GetRequiredService<GrainsInstruments>(), Time, NullLogger<ModelHost>.Instance);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("silo-versions-").FullName;

    public FakeTimeProvider Time { get; } = new();

    public ModelLoader Loader { get; }

    public ModelHost Host { get; }

    /// <summary>Writes a version; another seed gives another one.</summary>
    public string Write(int seed = 1) => Path.GetFileName(UntrainedArtifact.Write(Folder, SmallShop.Schema, SmallShop.Values, seed: seed));

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
