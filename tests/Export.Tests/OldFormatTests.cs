using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Representation;

namespace DinOrleans.Export.Tests;

/// <summary>Versions that an earlier program wrote: vocabularies as lines of JSON, tables of 32-bit floats.</summary>
public sealed class OldFormatTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("artifacts-").FullName;

    [Fact]
    public void Open_Format2_GivesTheSameVersionBack()
    {
        string folder = ArtifactWriter.Write(TestContent.Make(), _root, TimeProvider.System);
        using Artifact current = Artifact.Open(folder);
        float[] expected = Vector(current);
        ToFormat2(folder, TestContent.Make());

        using Artifact old = Artifact.Open(folder);

        Assert.Equal((2, TableNumbers.Bits32), (old.Manifest.Format, old.Manifest.Tables));
        Assert.Equal(expected, Vector(old));
        Assert.Equal(current.Vocabularies["item.item_id"].Values, old.Vocabularies["item.item_id"].Values);
    }

    [Theory]
    [InlineData("\"i1\"\n\"i1\"\n", "occurs twice")]
    [InlineData("\"i1\"\nnull\n", "line 2")]
    [InlineData("\"i1\"\n", "makes 4 rows")]
    public void Open_Format2WithADamagedVocabulary_IsRefused(string lines, string reason)
    {
        string folder = ArtifactWriter.Write(TestContent.Make(), _root, TimeProvider.System);
        ToFormat2(folder, TestContent.Make());
        File.WriteAllText(Path.Combine(folder, "vocabularies/item.item_id.jsonl"), lines);
        List(folder, _ => { });

        string message = Assert.Throws<ArtifactException>(() => Artifact.Open(folder)).Message;

        Assert.Contains("vocabularies/item.item_id.jsonl", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static float[] Vector(Artifact artifact)
    {
        float[] vector = new float[artifact.Layout.ItemWidth];
        artifact.Items.Write(artifact.Items.Encode(new Dictionary<string, string> { ["item_id"] = "i1", ["shop"] = "s1", ["price"] = "14" }), vector);
        return vector;
    }

    private static void ToFormat2(string folder, ArtifactContent content)
    {
        foreach ((string key, Vocabulary vocabulary) in content.Vocabularies)
        {
            File.Delete(Path.Combine(folder, $"vocabularies/{key}.values"));
            File.WriteAllLines(Path.Combine(folder, $"vocabularies/{key}.jsonl"), vocabulary.Values.Select(v => JsonSerializer.Serialize(v)));
        }

        foreach ((string key, var table) in content.Tables)
        {
            File.Delete(Path.Combine(folder, $"embeddings/{key}.f16"));
            File.WriteAllBytes(Path.Combine(folder, $"embeddings/{key}.f32"), MemoryMarshal.AsBytes<float>(table.Data));
        }

        List(folder, manifest =>
        {
            manifest["format"] = 2;
            manifest.Remove("tables");
        });
    }

    /// <summary>Lists the files of a version in its manifest as they are now.</summary>
    private static void List(string folder, Action<JsonObject> change)
    {
        string path = Path.Combine(folder, "manifest.json");
        JsonObject manifest = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(manifest);
        var files = new JsonObject();
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => f != path))
        {
            string name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            ArtifactFile described = ArtifactFiles.Describe(folder, name);
            files[name] = new JsonObject { ["bytes"] = described.Bytes, ["sha256"] = described.Sha256 };
        }

        manifest["files"] = files;
        File.WriteAllText(path, manifest.ToJsonString());
    }
}
