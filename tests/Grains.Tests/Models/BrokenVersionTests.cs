using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Scoring;
using DinOrleans.TestShop;

namespace DinOrleans.Grains.Tests.Models;

/// <summary>
/// Versions that are wrong in one way each: a silo refuses them for good, says why, and goes on serving. What the process allocates meanwhile is measured, so no
/// other test runs beside these.
/// </summary>
[Collection(nameof(BrokenVersionTests))]
[CollectionDefinition(nameof(BrokenVersionTests), DisableParallelization = true)]
public sealed class BrokenVersionTests : IDisposable
{
    private const string ItemTable = "embeddings/item.item_id.f16";

    /// <summary>Where the first slot of a vocabulary has its value's number: after the head of 40 bytes and a hash.</summary>
    private const int FirstNumber = 48;

    private readonly SiloVersions _silo = new();

    /// <summary>What is done to a good version, and what the refusal names.</summary>
    public static TheoryData<string, string> Ways { get; } = new()
    {
        { "folder of another name", "folder is named" },
        { "NaN in a table", ItemTable },
        { "infinity in a bias", "embeddings/item.item_id.bias.f16" },
        { "table of another version", "scores" },
        { "vocabulary in another order", "scores" },
        { "scaler of another mean", "scores" },
        { "scaler with deviation 0", "item.price" },
        { "scaler with deviation NaN", "item.price" },
        { "scaler of another normalisation", "item.price" },
        { "graph of another width", "scorer.onnx" },
        { "graph that is noise", "scorer.onnx" },
        { "sample with a history that overflows", "sample.json" },
        { "sample that is null", "sample.json" },
        { "sample with an array that is null", "sample.json" },
        { "sample with an item that is null", "sample.json" },
        { "sample that names an item it has not", "sample.json" },
        { "sample with scores that are NaN", "sample.json" },
        { "sample without candidates", "sample.json" },
        { "sample with scores of another model", "scores" },
        { "vocabulary with a slot of no value", "vocabularies/item.category.values" },
        { "vocabulary that is noise", "vocabularies/item.category.values" },
        { "rows that overflow", "embeddings/item.category.f16" },
        { "rows below 0", "item.category" },
        { "shape that is null", "item.category" },
        { "feature that is null", "null" },
        { "file that is not listed", "weights.bin" },
        { "vocabulary that is not listed", "vocabularies/item.category.values" },
        { "file of a negative length", "scorer.onnx" },
        { "file that is null", "scorer.onnx" },
        { "file outside", "outside" },
        { "link to nowhere", ItemTable },
        { "link to a folder", ItemTable },
        { "pipe", "vocabularies/item.category.values" },
        { "manifest that is noise", "manifest.json" },
        { "manifest that is empty", "manifest.json" },
        { "manifest of an older format", "format 1" },
        { "schema of another shop", "itemFeatures" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ApplyAsync_BrokenTarget_IsRefusedAndTheActiveOneServesOn(string way, string named)
    {
        string good = _silo.Write(seed: 1);
        await _silo.ApplyAsync(good);
        string broken = Break(way);
        long before = GC.GetTotalAllocatedBytes();
        await _silo.ApplyAsync(good, target: broken);
        SiloModels report = _silo.Host.Report("s");
        Assert.Equal([broken], report.Refused.Keys);
        Assert.Contains(named, report.Refused[broken]);
        Assert.DoesNotContain(_silo.Folder, report.Refused[broken]);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100 << 20);
        Assert.Equal([good], report.Loaded);
        Score(good);
    }

    [Fact]
    public async Task ApplyAsync_TablesThatAreLinks_AreFollowed()
    {
        string version = _silo.Write();
        string table = _silo.PathOf(version, ItemTable);
        string elsewhere = Path.Combine(_silo.Folder, ".elsewhere");
        File.Move(table, elsewhere);
        File.CreateSymbolicLink(table, elsewhere);
        await _silo.ApplyAsync(version);
        Score(version);
    }

    public void Dispose() => _silo.Dispose();

    private void Score(string version)
    {
        using ModelLease lease = _silo.Host.LeaseActive()!;
        Assert.Equal(version, lease.Model.Version);
        var batch = new ScoreBatch();
        batch.Pack([SampleRequest.Create(lease.Model.Artifact)], lease.Model.Layout);
        lease.Model.Scorer.Score(batch, attention: false);
        Assert.All(batch.Scores[..3], score => Assert.InRange(score, 0.0001f, 0.9999f));
    }

    private string Break(string way)
    {
        string v = _silo.Write(seed: 2);
        switch (way)
        {
            case "folder of another name":
                Directory.Move(_silo.PathOf(v), _silo.PathOf("copy"));
                return "copy";
            case "NaN in a table":
                Floats(v, ItemTable, f => f[17] = float.NaN);
                break;
            case "infinity in a bias":
                Floats(v, "embeddings/item.item_id.bias.f16", f => f[^1] = float.NegativeInfinity);
                break;
            case "table of another version":
                Floats(v, ItemTable, f => Array.Reverse(f));
                break;
            case "vocabulary in another order":
                Replace(v, "vocabularies/item.item_id.values", _ => File.ReadAllBytes(Path.Combine(Reversed(), "vocabularies", "item.item_id.values")));
                break;
            case "scaler of another mean":
                Manifest(v, m => m["scalers"]!["item.price"]!["mean"] = 40);
                break;
            case "scaler with deviation 0":
                Manifest(v, m => m["scalers"]!["item.price"]!["standardDeviation"] = 0);
                break;
            case "scaler with deviation NaN":
                Manifest(v, m => m["scalers"]!["item.price"]!["standardDeviation"] = null);
                break;
            case "scaler of another normalisation":
                Manifest(v, m => m["scalers"]!["item.price"]!["normalisation"] = "none");
                break;
            case "graph of another width":
                string other = UntrainedArtifact.Write(
                    Directory.CreateDirectory(Path.Combine(_silo.Folder, ".other")).FullName,
                    SmallShop.Schema with { ItemFeatures = [new("item_id", 7), new("category", 2)] },
                    SmallShop.Values);
                Replace(v, "scorer.onnx", _ => File.ReadAllBytes(Path.Combine(other, "scorer.onnx")));
                break;
            case "graph that is noise":
                Replace(v, "scorer.onnx", bytes => RandomNumberGenerator.GetBytes(bytes.Length));
                break;
            case "sample with a history that overflows":
                Sample(v, s => s["sequenceLengths"] = new JsonArray(1_470_879_211, 1_470_879_211));
                break;
            case "sample that is null":
                Replace(v, "sample.json", _ => "null"u8.ToArray());
                break;
            case "sample with an array that is null":
                Sample(v, s => s["behaviours"] = null);
                break;
            case "sample with an item that is null":
                Sample(v, s => s["items"]![1] = null);
                break;
            case "sample that names an item it has not":
                Sample(v, s => s["candidates"]![0] = 3);
                break;
            case "sample with scores that are NaN":
                Sample(v, s => s["scores"]![0] = "NaN");
                break;
            case "sample without candidates":
                Sample(v, s =>
                {
                    s["candidates"] = new JsonArray();
                    s["scores"] = new JsonArray();
                });
                break;
            case "sample with scores of another model":
                Sample(v, s => s["scores"]![0] = 0.987f);
                break;
            case "vocabulary with a slot of no value":
                Replace(v, "vocabularies/item.category.values", bytes => [.. bytes[..FirstNumber], 99, .. bytes[(FirstNumber + 1)..]]);
                break;
            case "vocabulary that is noise":
                Replace(v, "vocabularies/item.category.values", bytes => RandomNumberGenerator.GetBytes(bytes.Length));
                break;
            case "rows that overflow":
                Manifest(v, m => m["vocabularies"]!["item.category"]!["rows"] = int.MaxValue);
                break;
            case "rows below 0":
                Manifest(v, m => m["vocabularies"]!["item.category"]!["rows"] = -1);
                break;
            case "shape that is null":
                Manifest(v, m => m["vocabularies"]!["item.category"] = null);
                break;
            case "feature that is null":
                Manifest(v, m => m["schema"]!["itemFeatures"]![1] = null);
                break;
            case "file that is not listed":
                File.WriteAllText(_silo.PathOf(v, "weights.bin"), "weights");
                break;
            case "vocabulary that is not listed":
                Manifest(v, m => m["files"]!.AsObject().Remove("vocabularies/item.category.values"));
                break;
            case "file of a negative length":
                Manifest(v, m => m["files"]!["scorer.onnx"]!["bytes"] = -1);
                break;
            case "file that is null":
                Manifest(v, m => m["files"]!["scorer.onnx"] = null);
                break;
            case "file outside":
                Manifest(v, m => m["files"]!["../x"] = m["files"]!["scorer.onnx"]!.DeepClone());
                break;
            case "link to nowhere":
                Link(v, Path.Combine(_silo.Folder, "nowhere"));
                break;
            case "link to a folder":
                Link(v, _silo.Folder);
                break;
            case "pipe":
                File.Delete(_silo.PathOf(v, "vocabularies/item.category.values"));
                Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
                using (Process pipe = Process.Start("mkfifo", _silo.PathOf(v, "vocabularies/item.category.values")))
                {
                    pipe.WaitForExit();
                }

                break;
            case "manifest that is noise":
                File.WriteAllBytes(_silo.PathOf(v, "manifest.json"), RandomNumberGenerator.GetBytes(1000));
                break;
            case "manifest that is empty":
                File.WriteAllText(_silo.PathOf(v, "manifest.json"), "");
                break;
            case "manifest of an older format":
                Manifest(v, m => m["format"] = 1);
                break;
            case "schema of another shop":
                Directory.Delete(_silo.PathOf(v), recursive: true);
                return Path.GetFileName(UntrainedArtifact.Write(
                    _silo.Folder, SmallShop.Schema with { ItemFeatures = [new("item_id", 6), new("brand", 2)] }, SmallShop.Values));
            default:
                throw new ArgumentOutOfRangeException(nameof(way), way, "There is no such way.");
        }

        return v;
    }

    private void Floats(string version, string file, Action<float[]> change) => Replace(version, file, bytes =>
    {
        float[] floats = Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), h => (float)h);
        change(floats);
        return MemoryMarshal.AsBytes<Half>(Array.ConvertAll(floats, f => (Half)f)).ToArray();
    });

    private void Sample(string version, Action<JsonNode> change) => Replace(version, "sample.json", bytes => Json(bytes, change));

    /// <summary>Replaces a file by what a writer of artifacts would have listed all the same.</summary>
    private void Replace(string version, string file, Func<byte[], byte[]> change)
    {
        byte[] bytes = change(File.ReadAllBytes(_silo.PathOf(version, file)));
        File.WriteAllBytes(_silo.PathOf(version, file), bytes);
        Manifest(version, m => m["files"]![file] = new JsonObject { ["bytes"] = bytes.LongLength, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)) });
    }

    private void Manifest(string version, Action<JsonNode> change)
    {
        string path = _silo.PathOf(version, "manifest.json");
        File.WriteAllBytes(path, Json(File.ReadAllBytes(path), change));
    }

    private void Link(string version, string target)
    {
        File.Delete(_silo.PathOf(version, ItemTable));
        File.CreateSymbolicLink(_silo.PathOf(version, ItemTable), target);
    }

    private static byte[] Json(byte[] bytes, Action<JsonNode> change)
    {
        JsonNode node = JsonNode.Parse(bytes)!;
        change(node);
        return System.Text.Encoding.UTF8.GetBytes(node.ToJsonString());
    }

    /// <summary>The folder of a version that knows the same items in the opposite order.</summary>
    private string Reversed() => UntrainedArtifact.Write(
        Directory.CreateDirectory(Path.Combine(_silo.Folder, ".reversed")).FullName,
        SmallShop.Schema,
        new Dictionary<string, string[]>(SmallShop.Values) { ["item.item_id"] = [.. SmallShop.ItemIds.Reverse()] });
}
