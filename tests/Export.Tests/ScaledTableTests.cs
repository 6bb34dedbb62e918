using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Export.Tests;

/// <summary>Versions whose tables are 8-bit integers with a scale per row.</summary>
public sealed class ScaledTableTests : IDisposable
{
    private const int Dimension = 8;
    private const string ItemIds = "item.item_id";

    private readonly string _root = Directory.CreateTempSubdirectory("scaled-").FullName;

    [Fact]
    public void Open_OfWhatWasWritten_GivesTheRoundedRowsBack()
    {
        ArtifactContent content = Content();
        using Artifact version = Artifact.Open(ArtifactWriter.Write(content, _root, TimeProvider.System));
        Artifact.Verify(version.Folder, TestContext.Current.CancellationToken);

        float[] rounded = [.. content.Tables[ItemIds].Data];
        TableNumbers.Bits8.Round(rounded, Dimension);
        EmbeddingTable table = version.Tables().First();
        float[] row = new float[Dimension];
        for (int i = 0; i < table.RowCount; i++)
        {
            table.Read(i, row);
            Assert.Equal(rounded[(i * Dimension)..((i + 1) * Dimension)], row);
            Assert.Equal(row[0], table.ReadFirst(i));
        }

        Assert.Equal(5 * Dimension, version.Manifest.Files[$"embeddings/{ItemIds}.i8"].Bytes);
        Assert.Equal(5 * sizeof(float), version.Manifest.Files[$"embeddings/{ItemIds}.scales.f32"].Bytes);
        Assert.Contains("embeddings/item.shop.f16", version.Manifest.Files.Keys);
        Assert.Contains("\"tables\": \"bits8\"", File.ReadAllText(Path.Combine(version.Folder, "manifest.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_ScalesThatAreDamaged_NamesTheirFile()
    {
        string folder = ArtifactWriter.Write(Content(), _root, TimeProvider.System);
        string scales = Path.Combine(folder, "embeddings", $"{ItemIds}.scales.f32");
        byte[] bytes = File.ReadAllBytes(scales);
        bytes[0] ^= 1;
        File.WriteAllBytes(scales, bytes);
        Refuses(folder, $"embeddings/{ItemIds}.scales.f32", "SHA-256");

        File.Delete(scales);
        Refuses(folder, $"embeddings/{ItemIds}.scales.f32", "is missing");
    }

    [Fact]
    public void Verify_ScaleThatIsNotFinite_IsRefused()
    {
        ArtifactContent content = Content();
        content.Tables[ItemIds].Data[3] = float.PositiveInfinity;
        Refuses(ArtifactWriter.Write(content, _root, TimeProvider.System), $"embeddings/{ItemIds}.scales.f32", "NaN or infinite");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static void Refuses(string folder, string file, string reason)
    {
        string message = Assert.Throws<ArtifactException>(() => Artifact.Verify(folder, TestContext.Current.CancellationToken)).Message;
        Assert.Contains(file, message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private static ArtifactContent Content()
    {
        ArtifactContent narrow = TestContent.Make();
        FeatureSchema schema = narrow.Schema with { ItemFeatures = [new("item_id", Dimension), new("shop", 1)] };
        var random = new Random(1);
        float[] rows = [.. Enumerable.Range(0, 5 * Dimension).Select(_ => random.NextSingle() - 0.5f)];
        return narrow with
        {
            Schema = schema,
            Parameters = InitialParameters.Draw(RankingModels.Create(narrow.Model, schema.Layout(), narrow.Options), seed: 1),
            Tables = new Dictionary<string, ParameterValue>(narrow.Tables) { [ItemIds] = new([5, Dimension], rows) },
            TableNumbers = TableNumbers.Bits8,
        };
    }
}
