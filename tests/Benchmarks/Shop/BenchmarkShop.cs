using System.Globalization;
using System.Security.Cryptography;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;
using DinOrleans.Model.Schema;
using DinOrleans.TestShop;

namespace DinOrleans.Benchmarks.Shop;

/// <summary>A shop of the plain server's sizes: users u0 … and items i0 …, each user with as many behaviours as the shape has.</summary>
/// <param name="Dataset">Dataset folder.</param>
/// <param name="Artifact">Folder of a version with random weights.</param>
internal sealed record BenchmarkShop(string Dataset, string Artifact)
{
    public const int Items = 60_000;
    public const int Users = 20_000;

    /// <summary>The plain server's model: activation unit 80-40-1, top 200-80-1, sigmoid between layers.</summary>
    public const string ModelOptions = """{ "attentionUnits": [80, 40], "topUnits": [200, 80], "activation": "sigmoid", "softmax": false }""";

    private const int Dimension = 64;
    private const string Click = "click";

    /// <summary>The shop's schema.</summary>
    /// <param name="history">H.</param>
    public static FeatureSchema Schema(int history) => new()
    {
        ItemFeatures = [new(FeatureSchema.ItemId, Dimension)],
        Tasks = [new(Click, [Click])],
        Behaviours = new([Click], history),
    };

    /// <summary>The dataset that an earlier run wrote, or a new one, with a version written by the program of today.</summary>
    /// <param name="folder">The folder of the shop.</param>
    /// <param name="history">H, and the behaviours of each user.</param>
    /// <param name="users">The number of users who have behaviours.</param>
    public static BenchmarkShop In(string folder, int history, int users = Users)
    {
        FeatureSchema schema = Schema(history);
        string dataset = Path.Combine(folder, "dataset");
        if (!Directory.Exists(dataset))
        {
            WriteDataset(dataset, schema, history, users);
        }

        string versions = Path.Combine(folder, "versions");
        if (Directory.Exists(versions))
        {
            Directory.Delete(versions, recursive: true);
        }

        return new(dataset, WriteArtifact(versions, schema));
    }

    /// <summary>Tells whether a server that was started over another version of the shop has the same scorer.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Directory.EnumerateFiles(Artifact, "*.onnx").Single())))[..12];

    /// <summary>Writes a version with random weights.</summary>
    /// <param name="folder">The folder of versions.</param>
    /// <param name="schema">The shop's schema.</param>
    /// <param name="seed">Another seed gives another version.</param>
    /// <returns>Its folder.</returns>
    public static string WriteArtifact(string folder, FeatureSchema schema, int seed = 1)
    {
        Directory.CreateDirectory(folder);
        var values = new Dictionary<string, string[]> { ["item.item_id"] = [.. Enumerable.Range(0, Items).Select(ItemId)] };
        return UntrainedArtifact.Write(folder, schema, values, optionsJson: ModelOptions, seed: seed);
    }

    private static void WriteDataset(string folder, FeatureSchema schema, int history, int users)
    {
        var random = new Random(7);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using DatasetWriter writer = DatasetWriter.Create(folder, schema);
        for (int i = 0; i < Items; i++)
        {
            writer.Write(new Item(ItemId(i), EmptyFeatures.Instance));
        }

        for (int j = 0; j < history; j++)
        {
            for (int u = 0; u < users; u++)
            {
                writer.Write(new BehaviourEvent
                {
                    EventId = string.Create(CultureInfo.InvariantCulture, $"e{j}"),
                    UserId = string.Create(CultureInfo.InvariantCulture, $"u{u}"),
                    ItemId = ItemId(random.Next(Items)),
                    Type = Click,
                    Timestamp = start.AddSeconds(j),
                });
            }
        }

        writer.Commit();
    }

    private static string ItemId(int item) => string.Create(CultureInfo.InvariantCulture, $"i{item}");
}
