using System.Text.Json;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Artifacts;

/// <summary>The rules of a manifest that its JSON form alone does not enforce.</summary>
internal static class ManifestRules
{
    /// <summary>Checks a manifest.</summary>
    /// <returns>The broken rules of its first part that breaks any: the schema, then the encoding of its features, then options and files.</returns>
    public static Problems Check(ArtifactManifest manifest)
    {
        Problems problems = [];
        CheckSchema(manifest.Schema, problems);
        if (problems.Count == 0)
        {
            CheckEncoding(manifest, problems);
        }

        if (problems.Count == 0)
        {
            problems.Require(Enum.IsDefined(manifest.Tables), "tables must be bits32, bits16 or bits8");
            problems.Require(manifest.Options.ValueKind == JsonValueKind.Object, "options must be an object");
            problems.Require(
                manifest.Calibration is not { } tasks || !(HasNull(tasks) || tasks.Any(t => HasNull(t.Bins))), "calibration has an element that is null");
            CheckFiles(manifest, problems);
        }

        return problems;
    }

    private static void CheckSchema(FeatureSchema schema, Problems problems)
    {
        // JSON lets the elements of a list be null, whatever the list's type says.
        if (HasNull(schema.ItemFeatures) || HasNull(schema.UserFeatures) || HasNull(schema.ContextFeatures) || HasNull(schema.NumericFeatures)
            || HasNull(schema.Tasks) || HasNull(schema.OtherEvents) || HasNull(schema.Behaviours.Events) || HasNull(schema.Sequences ?? [])
            || schema.Tasks.Any(t => HasNull(t.PositiveEvents)) || (schema.Sequences ?? []).Any(s => HasNull(s.Events)))
        {
            problems.Add("schema: a list has an element that is null");
            return;
        }

        problems.AddRange(FeatureSchemaRules.Check(schema).Select(rule => $"schema: {rule}"));
    }

    private static void CheckEncoding(ArtifactManifest manifest, Problems problems)
    {
        foreach (FeatureSource source in Enum.GetValues<FeatureSource>())
        {
            foreach (CategoricalFeature feature in manifest.Schema.Categorical(source))
            {
                CheckVocabulary(manifest, FeatureKeys.Create(source, feature.Name), problems);
            }

            foreach (NumericFeature feature in manifest.Schema.Numeric(source))
            {
                CheckScaler(manifest, FeatureKeys.Create(source, feature.Name), feature, problems);
            }
        }
    }

    private static void CheckVocabulary(ArtifactManifest manifest, string key, Problems problems)
    {
        if (manifest.Vocabularies.GetValueOrDefault(key) is not { } shape)
        {
            problems.Add($"vocabularies lacks \"{key}\"");
            return;
        }

        problems.Require(
            shape.OutOfVocabularyRows >= 1 && shape.Rows > shape.OutOfVocabularyRows,
            $"vocabularies \"{key}\" must have at least 1 out-of-vocabulary row and more rows than those, not {shape.OutOfVocabularyRows} of {shape.Rows}");
    }

    private static void CheckScaler(ArtifactManifest manifest, string key, NumericFeature feature, Problems problems)
    {
        if (manifest.Scalers.GetValueOrDefault(key) is not { } scaler)
        {
            problems.Add($"scalers lacks \"{key}\"");
            return;
        }

        problems.Require(
            scaler.Normalisation == feature.Normalisation,
            $"scalers \"{key}\" scales by {scaler.Normalisation}, but the schema says {feature.Normalisation}");
        problems.Require(
            double.IsFinite(scaler.Mean) && double.IsFinite(scaler.StandardDeviation) && scaler.StandardDeviation > 0,
            $"scalers \"{key}\" must have a finite mean and a finite standard deviation above 0");
    }

    private static void CheckFiles(ArtifactManifest manifest, Problems problems)
    {
        foreach ((string name, ArtifactFile? file) in manifest.Files)
        {
            problems.Require(file is { Bytes: >= 0, Sha256: not null }, $"files \"{name}\" must have its bytes, 0 or more, and its SHA-256");
            problems.Require(IsInside(name), $"files names \"{name}\", which is outside the artifact");
        }

        foreach ((string name, long? bytes) in Needed(manifest))
        {
            ArtifactFile? file = manifest.Files.GetValueOrDefault(name);
            problems.Require(manifest.Files.ContainsKey(name), $"files lacks \"{name}\"");
            problems.Require(
                file is null || bytes is null || file.Bytes == bytes, $"files \"{name}\" has {file?.Bytes} bytes, but its rows take {bytes}");
        }
    }

    /// <summary>Every file that a version is made of, with its length in bytes if its shape decides it.</summary>
    private static IEnumerable<(string File, long? Bytes)> Needed(ArtifactManifest manifest)
    {
        yield return (ArtifactFiles.Scorer, null);
        yield return (ArtifactFiles.Parameters, null);
        yield return (ArtifactFiles.Sample, null);
        foreach (FeatureSource source in Enum.GetValues<FeatureSource>())
        {
            foreach (CategoricalFeature feature in manifest.Schema.Categorical(source))
            {
                string key = FeatureKeys.Create(source, feature.Name);
                yield return (ArtifactFiles.Vocabulary(key, manifest.Format), null);
                foreach ((string File, long? Bytes) file in Table(manifest, key, manifest.Vocabularies[key].Rows, feature.Dimension))
                {
                    yield return file;
                }
            }
        }

        int items = manifest.Vocabularies[FeatureKeys.Create(FeatureSource.Item, FeatureSchema.ItemId)].Rows;
        foreach ((string File, long? Bytes) file in Table(manifest, FeatureKeys.ItemBias, items, dimension: 1))
        {
            yield return file;
        }
    }

    private static IEnumerable<(string File, long? Bytes)> Table(ArtifactManifest manifest, string key, int rows, int dimension)
    {
        yield return (ArtifactFiles.Table(key, manifest.Tables, dimension), checked(rows * manifest.Tables.RowBytes(dimension)));
        if (ArtifactFiles.Scales(key, manifest.Tables, dimension) is { } scales)
        {
            yield return (scales, (long)rows * sizeof(float));
        }
    }

    private static bool IsInside(string file) =>
        file.Length > 0 && !Path.IsPathRooted(file) && !file.Contains('\\') && file.Split('/').All(part => part is not ("" or "." or ".."));

    private static bool HasNull<T>(IEnumerable<T> list) => list.Any(element => element is null);
}
