using DinOrleans.Datasets;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.TestShop;

namespace DinOrleans.Standalone.Tests;

/// <summary>A small dataset with an untrained version for it, so that a server starts in seconds.</summary>
internal sealed class TinyShop : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tiny-shop-").FullName;

    public TinyShop()
        : this(new SampleShopOptions { Users = 20, Items = 100, Topics = 10, RankingsPerUser = 2, Days = 20 })
    {
    }

    public TinyShop(SampleShopOptions options)
    {
        new SampleShopGenerator(options).Write(Dataset);
        ItemIds = [.. DatasetFolder.Open(Dataset).ReadItems().Select(i => i.ItemId)];
        Artifact = WriteVersion(seed: 1);
    }

    public string Dataset => Path.Combine(_folder, "dataset");

    public string Artifact { get; }

    public string Data => Path.Combine(_folder, "data");

    public IReadOnlyList<string> ItemIds { get; }

    /// <summary>Arguments that serve it.</summary>
    public IEnumerable<string> Arguments => ["--dataset", Dataset, "--artifact", Artifact, "--data", Data];

    /// <summary>Writes a version; another seed gives another one.</summary>
    /// <returns>Its folder.</returns>
    public string WriteVersion(int seed) => UntrainedArtifact.Write(
        Path.Combine(_folder, "versions"),
        DatasetFolder.Open(Dataset).Schema,
        new Dictionary<string, string[]> { ["item.item_id"] = [.. ItemIds] },
        seed: seed);

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
