using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Schema;

namespace DinOrleans.Export.Tests;

public sealed class ArtifactTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("artifacts-").FullName;

    [Fact]
    public void Open_OfWhatWasWritten_GivesTheSameVersionBack()
    {
        string folder = ArtifactWriter.Write(TestContent.Make(), _root, TimeProvider.System);
        using Artifact artifact = Artifact.Open(folder);
        Assert.Equal(Path.GetFileName(folder), artifact.Manifest.Version);
        Assert.Equal(BaseModel.Name, artifact.Manifest.Model);
        Assert.Equal(0.75, artifact.Manifest.Metrics["auc"]);
        Assert.Equal("line\nbreak \"ü\"", artifact.Vocabularies["item.item_id"].Values[1]);
        Assert.Equal(TestContent.Make().Parameters.Keys.Order(), artifact.ReadParameters().Keys.Order());
        Assert.Equal([Path.GetFileName(folder)], Directory.EnumerateFileSystemEntries(_root).Select(Path.GetFileName));
    }

    [Fact]
    public void Open_FolderNamedWithASeparatorAtItsEnd_IsTheSame()
    {
        string folder = ArtifactWriter.Write(TestContent.Make(), _root, TimeProvider.System);
        using Artifact artifact = Artifact.Open(folder + Path.DirectorySeparatorChar);
        Assert.Equal(Path.GetFileName(folder), artifact.Manifest.Version);
    }

    [Fact]
    public void Items_OfAnEncodedItem_AreItsRowsThenItsScaledNumbers()
    {
        using Artifact artifact = Artifact.Open(ArtifactWriter.Write(TestContent.Make(), _root, TimeProvider.System));
        float[] vector = new float[artifact.Layout.ItemWidth];
        var rows = artifact.Items.Encode(new Dictionary<string, string> { ["item_id"] = "i1", ["shop"] = "s1", ["price"] = "14" });
        artifact.Items.Write(rows, vector);
        Assert.Equal([6, 7, 2, 2], vector);
        Assert.Equal(3f, artifact.ItemBias.ReadFirst(rows.Rows[0]));
    }

    [Fact]
    public void Open_WithARankingScore_GivesItBack()
    {
        ArtifactContent content = TestContent.Make();
        string task = content.Schema.Tasks[0].Name;
        var rule = new RankingScoreRule(RankingScoreKind.Sum, new Dictionary<string, double> { [task] = 2 });
        string folder = ArtifactWriter.Write(content with { Schema = content.Schema with { RankingScore = rule } }, _root, TimeProvider.System);
        using Artifact artifact = Artifact.Open(folder);
        Assert.Equal(RankingScoreKind.Sum, artifact.Manifest.Schema.RankingScore!.Kind);
        Assert.Equal(rule.Weights, artifact.Manifest.Schema.RankingScore.Weights);
    }

    [Fact]
    public void Open_DamagedFiles_NamesTheFileAndTheReason()
    {
        string folder = ArtifactWriter.Write(TestContent.Make(), _root, TimeProvider.System);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            byte[] good = File.ReadAllBytes(file);
            byte[] bad = [.. good];
            bad[bad.Length / 2] ^= 0x20;
            File.WriteAllBytes(file, bad);
            if (Path.GetFileName(file) != "manifest.json")
            {
                Assert.Contains("is damaged", Refusal(folder));
                Assert.Contains(Path.GetFileName(file), Refusal(folder));
            }

            File.Delete(file);
            Assert.Contains("is missing", Refusal(folder));
            Assert.Contains(Path.GetFileName(file), Refusal(folder));
            File.WriteAllBytes(file, good);
        }

        Artifact.Open(folder).Dispose();
    }

    [Theory]
    [InlineData("\"format\": 3", "\"format\": 9", "format 9")]
    [InlineData("\"scorer.onnx\":", "\"other.onnx\":", "scorer.onnx")]
    [InlineData("\"rows\": 5", "\"rows\": 6", "its rows take 24")]
    [InlineData("\"item.price\"", "\"item.cost\"", "item.price")]
    [InlineData("\"parameters.bin\"", "\"../parameters.bin\"", "parameters.bin")]
    [InlineData("\"kind\"", "\"sort\"", "kind")]
    [InlineData("\"kind\":", "\"kind\": \"din\", \"kind\":", "Duplicate property 'kind'")]
    [InlineData("\"rows\": 5", "\"rows\": 5, \"rows\": 5", "Duplicate property 'rows'")]
    public void Open_ManifestThatDoesNotFit_IsRefused(string text, string instead, string named)
    {
        string folder = ArtifactWriter.Write(TestContent.Make(), _root, TimeProvider.System);
        string manifest = Path.Combine(folder, "manifest.json");
        string before = File.ReadAllText(manifest);
        Assert.Contains(text, before);
        File.WriteAllText(manifest, before.Replace(text, instead, StringComparison.Ordinal));
        Assert.Contains(named, Refusal(folder));
    }

    [Theory]
    [InlineData("\"behaviours\":", "\"behaviours\": [], \"behaviours\":", "Duplicate property 'behaviours'")]
    [InlineData("\"shop\":", "\"shop\": \"s2\", \"shop\":", "Duplicate properties")]
    [InlineData("\"candidates\":[0]", "\"candidates\":[1]", "names an item that it does not have")]
    [InlineData("\"scores\":[0.5]", "\"scores\":[0.5, 2]", "must have one score per candidate and task; has a score that is not a probability")]
    public void Read_StoredSampleThatDoesNotFit_IsRefused(string text, string instead, string named)
    {
        string folder = ArtifactWriter.Write(TestContent.Make(), _root, TimeProvider.System);
        string sample = Path.Combine(folder, "sample.json");
        string before = File.ReadAllText(sample);
        Assert.Contains(text, before);
        File.WriteAllText(sample, before.Replace(text, instead, StringComparison.Ordinal));
        Assert.Contains(named, Assert.Throws<ArtifactException>(() => StoredSample.Read(folder, TestContent.Schema)).Message);
    }

    [Theory]
    [InlineData(int.MaxValue, 1, 5)]
    [InlineData(1, -1, 5)]
    [InlineData(1, 9, 5)]
    [InlineData(1, 2, int.MaxValue)]
    [InlineData(1, 2, -5)]
    public void ReadParameters_CountsThatTheFileDoesNotHold_AreRefusedBeforeRoomIsMade(int count, int axes, int length)
    {
        using Artifact artifact = Artifact.Open(ArtifactWriter.Write(TestContent.Make(), _root, TimeProvider.System));
        using (var writer = new BinaryWriter(File.Create(Path.Combine(artifact.Folder, "parameters.bin"))))
        {
            writer.Write(count);
            writer.Write("weight");
            writer.Write(axes);
            writer.Write(length);
            writer.Write(length);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("parameters.bin", Assert.Throws<ArtifactException>(artifact.ReadParameters).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Refusal(string folder) => Assert.Throws<ArtifactException>(() => Artifact.Open(folder)).Message;
}
