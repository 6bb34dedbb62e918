using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Artifacts;

/// <summary>The rules of a manifest that its JSON form alone does not enforce.</summary>
internal static class ManifestRules
{
    /// <summary>The first broken rule; null where there is none.</summary>
    public static string? Broken(ArtifactManifest manifest) =>
        Schema(manifest.Schema) ?? Encoding(manifest) ?? Files(manifest) ?? (manifest.Options.ValueKind == System.Text.Json.JsonValueKind.Object ? null : "options must be an object");

    private static string? Schema(FeatureSchema schema)
    {
        // JSON lets the elements of a list be null, whatever the list's type says.
        if (HasNull(schema.ItemFeatures) || HasNull(schema.UserFeatures) || HasNull(schema.ContextFeatures) || HasNull(schema.NumericFeatures)
            || HasNull(schema.Tasks) || HasNull(schema.OtherEvents) || HasNull(schema.Behaviours.Events) || HasNull(schema.Sequences ?? [])
            || schema.Tasks.Any(t => HasNull(t.PositiveEvents)) || (schema.Sequences ?? []).Any(s => HasNull(s.Events)))
        {
            return "schema: a list has an element that is null";
        }

        IReadOnlyList<string> problems = FeatureSchemaValidator.Validate(schema);
        return problems.Count == 0 ? null : "schema: " + string.Join("; ", problems);
    }

    private static string? Encoding(ArtifactManifest manifest)
    {
        foreach (FeatureSource source in Enum.GetValues<FeatureSource>())
        {
            foreach (CategoricalFeature feature in manifest.Schema.Categorical(source))
            {
                string key = FeatureKeys.Create(source, feature.Name);
                if (manifest.Vocabularies.GetValueOrDefault(key) is not { } shape)
                {
                    return $"vocabularies lacks \"{key}\"";
                }

                if (shape.OutOfVocabularyRows < 1 || shape.Rows <= shape.OutOfVocabularyRows)
                {
                    return $"vocabularies \"{key}\" must have at least 1 out-of-vocabulary row and more rows than those, not {shape.OutOfVocabularyRows} of {shape.Rows}";
                }
            }

            foreach (NumericFeature feature in manifest.Schema.Numeric(source))
            {
                if (Scaler(manifest, FeatureKeys.Create(source, feature.Name), feature) is { } broken)
                {
                    return broken;
                }
            }
        }

        return null;
    }

    private static string? Scaler(ArtifactManifest manifest, string key, NumericFeature feature)
    {
        if (manifest.Scalers.GetValueOrDefault(key) is not { } scaler)
        {
            return $"scalers lacks \"{key}\"";
        }

        if (scaler.Normalisation != feature.Normalisation)
        {
            return $"scalers \"{key}\" scales by {scaler.Normalisation}, the schema says {feature.Normalisation}";
        }

        return double.IsFinite(scaler.Mean) && double.IsFinite(scaler.StandardDeviation) && scaler.StandardDeviation > 0
            ? null
            : $"scalers \"{key}\" must have a finite mean and a finite standard deviation above 0";
    }

    private static string? Files(ArtifactManifest manifest)
    {
        foreach ((string name, ArtifactFile? file) in manifest.Files)
        {
            if (file is null || file.Bytes < 0)
            {
                return $"files \"{name}\" must have its bytes, 0 or more, and its SHA-256";
            }

            if (!IsInside(name))
            {
                return $"names \"{name}\" outside the artifact";
            }
        }

        foreach ((string name, long? bytes) in Needed(manifest))
        {
            if (!manifest.Files.TryGetValue(name, out ArtifactFile? file))
            {
                return $"files lacks \"{name}\"";
            }

            if (bytes is { } expected && file.Bytes != expected)
            {
                return $"files \"{name}\" has {file.Bytes} bytes, but its rows take {expected}";
            }
        }

        return null;
    }

    /// <summary>Every file that a version is made of, with its length where the shapes say it.</summary>
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
                yield return (ArtifactFiles.Vocabulary(key), null);
                yield return (ArtifactFiles.Table(key), TableBytes(manifest.Vocabularies[key].Rows, feature.Dimension));
            }
        }

        string itemId = FeatureKeys.Create(FeatureSource.Item, FeatureSchema.ItemId);
        yield return (ArtifactFiles.Table(FeatureKeys.ItemBias), TableBytes(manifest.Vocabularies[itemId].Rows, 1));
    }

    private static long TableBytes(int rows, int dimension) => checked((long)rows * dimension * sizeof(float));

    private static bool IsInside(string file) =>
        file.Length > 0 && !Path.IsPathRooted(file) && !file.Contains('\\') && file.Split('/').All(part => part is not ("" or "." or ".."));

    private static bool HasNull<T>(IEnumerable<T> list) => list.Any(element => element is null);
}
