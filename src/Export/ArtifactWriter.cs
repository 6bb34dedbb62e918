using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DinOrleans.Export.Onnx;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;

namespace DinOrleans.Export;

/// <summary>Writes versions: first beside their place, then renamed into it.</summary>
public static class ArtifactWriter
{
    private const int DigestCharacters = 8;

    /// <summary>Writes a version.</summary>
    /// <param name="content">The parameters, tables and descriptions that training produced.</param>
    /// <param name="folder">The folder of all versions. The version becomes a subfolder of its name.</param>
    /// <param name="time">The clock. The version's name starts with the time.</param>
    /// <returns>The version's folder.</returns>
    public static string Write(ArtifactContent content, string folder, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        string beside = Path.Combine(folder, $".writing-{Guid.NewGuid():N}");
        try
        {
            WriteFiles(content, beside);
            var files = Directory.EnumerateFiles(beside, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(f => Path.GetRelativePath(beside, f).Replace('\\', '/'))
                .ToDictionary(f => f, f => ArtifactFiles.Describe(beside, f));
            DateTimeOffset now = time.GetUtcNow();
            var unnamed = new ArtifactManifest
            {
                Version = "",
                CreatedAt = now,
                Model = content.Model,
                Options = JsonElement.Parse(content.Options),
                Schema = content.Schema,
                Tables = content.TableNumbers,
                Metrics = content.Metrics,
                ScoresAreProbabilities = content.ScoresAreProbabilities,
                Calibration = content.Calibration,
                StartedFrom = content.StartedFrom,
                Data = content.Data,
                Vocabularies = content.Vocabularies.ToDictionary(v => v.Key, v => new VocabularyShape(v.Value.RowCount, v.Value.OutOfVocabularyRows)),
                Scalers = content.Scalers,
                Files = files,
            };
            ArtifactManifest manifest = unnamed with { Version = VersionOf(unnamed) };
            File.WriteAllText(Path.Combine(beside, ArtifactFiles.Manifest), manifest.ToJson());
            string place = Path.Combine(folder, manifest.Version);
            Directory.Move(beside, place);
            return place;
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }
        }
    }

    private static void WriteFiles(ArtifactContent content, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "vocabularies"));
        Directory.CreateDirectory(Path.Combine(folder, "embeddings"));
        ScoreLayout layout = content.Schema.Layout();
        IRankingModel model = RankingModels.Create(content.Model, layout, content.Options);
        File.WriteAllBytes(Path.Combine(folder, ArtifactFiles.Scorer), OnnxExporter.Export(model, layout, content.Parameters));
        ParameterFile.Write(Path.Combine(folder, ArtifactFiles.Parameters), content.Parameters);
        foreach ((string key, Vocabulary vocabulary) in content.Vocabularies)
        {
            VocabularyFile.Write(Path.Combine(folder, ArtifactFiles.Vocabulary(key, ArtifactManifest.CurrentFormat)), vocabulary);
        }

        foreach ((string key, var table) in content.Tables)
        {
            TableFile.Write(folder, key, table, content.TableNumbers);
        }

        File.WriteAllText(Path.Combine(folder, ArtifactFiles.Sample), content.StoredSample.ToJson());
    }

    /// <summary>Makes a name such as <c>20260131-093000-din-1f0a93bc</c>, which ends in a digest of the whole manifest.</summary>
    private static string VersionOf(ArtifactManifest unnamed)
    {
        byte[] digest = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(unnamed.ToJson()));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{unnamed.CreatedAt.UtcDateTime:yyyyMMdd-HHmmss}-{unnamed.Model}-{Convert.ToHexStringLower(digest)[..DigestCharacters]}");
    }
}
