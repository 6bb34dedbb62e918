using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;

namespace DinOrleans.Storage.Tests.Artifacts;

/// <summary>Writes the folders of versions that are as their manifests say. Nothing in them can be computed with.</summary>
internal static class TestVersion
{
    /// <summary>The file that a test makes as large as it needs.</summary>
    public const string LargeFile = "parameters.bin";

    private const int Rows = 6;

    private static readonly FeatureSchema Schema = new()
    {
        ItemFeatures = [new("item_id", 2)],
        Tasks = [new("click", ["click"])],
        Behaviours = new(["click"], 10),
    };

    /// <summary>Writes a version.</summary>
    /// <param name="folder">Gets a subfolder of the version's name.</param>
    /// <param name="version">The version.</param>
    /// <param name="seed">Another seed gives other files.</param>
    /// <param name="bytes">The length of <see cref="LargeFile"/>.</param>
    /// <returns>The version's folder.</returns>
    public static string Write(string folder, string version, int seed = 1, int bytes = 1_000)
    {
        byte[] large = new byte[bytes];
        new Random(seed).NextBytes(large);
        string key = FeatureKeys.Create(FeatureSource.Item, FeatureSchema.ItemId);
        Dictionary<string, byte[]> files = new()
        {
            ["scorer.onnx"] = Encoding.UTF8.GetBytes($"graph {seed}"),
            [LargeFile] = large,
            ["sample.json"] = "{}"u8.ToArray(),
            [$"vocabularies/{key}.values"] = [],
            [$"embeddings/{key}.f32"] = new byte[Rows * 2 * sizeof(float)],
            [$"embeddings/{FeatureKeys.ItemBias}.f32"] = new byte[Rows * sizeof(float)],
        };
        string place = Path.Combine(folder, version);
        foreach ((string name, byte[] content) in files)
        {
            string path = Path.Combine(place, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }

        var manifest = new ArtifactManifest
        {
            Version = version,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Model = "din",
            Options = JsonElement.Parse("{}"),
            Schema = Schema,
            Metrics = new Dictionary<string, double> { ["auc"] = 0.7 },
            Data = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 0, "none"),
            Vocabularies = new Dictionary<string, VocabularyShape> { [key] = new(Rows, 4) },
            Scalers = new Dictionary<string, NumericScaler>(),
            Files = files.ToDictionary(f => f.Key, f => new ArtifactFile(f.Value.Length, Convert.ToHexStringLower(SHA256.HashData(f.Value)))),
        };
        File.WriteAllText(Path.Combine(place, "manifest.json"), manifest.ToJson());
        return place;
    }

    /// <summary>The files of a folder with their content, to compare two folders.</summary>
    public static Dictionary<string, string> Read(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f))));
}
