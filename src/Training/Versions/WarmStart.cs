using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Network;
using DinOrleans.Training.Network.Embeddings;
using DinOrleans.Training.Torch;

namespace DinOrleans.Training.Versions;

/// <summary>
/// Starts a training from an earlier version. Before its first step, the network scores as that version does. A value that the version knew keeps the
/// values of its row, whether or not the log still has it. A new value starts from the out-of-vocabulary row that it had. The optimizer starts anew.
/// </summary>
internal static class WarmStart
{
    /// <summary>Throws if training cannot start from a version.</summary>
    /// <exception cref="ArtifactException">The version has another model, other options, features or tasks, or another number of out-of-vocabulary rows.</exception>
    public static void Require(Artifact from, FeatureSchema schema, VersionOptions options)
    {
        ArtifactManifest manifest = from.Manifest;
        if (Difference(manifest, schema, options) is { } difference)
        {
            throw new ArtifactException(from.Folder, $"training cannot start from it: {difference}");
        }
    }

    /// <summary>Sets an untrained network to the version's weights.</summary>
    /// <param name="from">The version, which <see cref="Require"/> has accepted.</param>
    /// <param name="network">The network of the same model.</param>
    /// <param name="vocabularies">The network's vocabularies by feature key, which have all values of the version's.</param>
    /// <exception cref="ArtifactException">The version is damaged.</exception>
    public static void Apply(Artifact from, RankingNetwork network, IReadOnlyDictionary<string, Vocabulary> vocabularies)
    {
        string itemId = FeatureKeys.Create(FeatureSource.Item, FeatureSchema.ItemId);
        foreach ((TrainableTable table, EmbeddingTable trained) in network.Embeddings.Tables.Zip(from.Tables()))
        {
            string key = table.Key == FeatureKeys.ItemBias ? itemId : table.Key;
            Copy(trained, from.Vocabularies[key], table, vocabularies[key]);
        }

        network.Parameters.Import(from.ReadParameters());
        foreach (MovingMoments moments in network.Parameters.Moving.Values)
        {
            moments.Batches = MovingMoments.SettledAfter;
        }
    }

    private static string? Difference(ArtifactManifest manifest, FeatureSchema schema, VersionOptions options)
    {
        if (manifest.Model != options.Model)
        {
            return $"its model is {manifest.Model}, not {options.Model}";
        }

        string there = RankingModels.CompleteOptions(manifest.Model, manifest.Options.GetRawText());
        if (JsonDifference.Find(there, RankingModels.CompleteOptions(options.Model, options.ModelOptions)) is { } option)
        {
            return $"model options: {option}";
        }

        // Only what does not decide the shape or meaning of a weight may change from one version to the next.
        FeatureSchema like = manifest.Schema with { RankingScore = schema.RankingScore, Behaviours = schema.Behaviours, OtherEvents = schema.OtherEvents };
        if (JsonDifference.Find(like.ToJson(), schema.ToJson()) is { } feature)
        {
            return $"schema: {feature}";
        }

        (string key, VocabularyShape? shape) = manifest.Vocabularies.FirstOrDefault(v => v.Value.OutOfVocabularyRows != options.OutOfVocabularyRows);
        return shape is null ? null : $"unknown values of {key} share {shape.OutOfVocabularyRows} rows there, {options.OutOfVocabularyRows} here";
    }

    private static void Copy(EmbeddingTable trained, Vocabulary there, TrainableTable table, Vocabulary here)
    {
        for (int row = Vocabulary.PaddingRow + 1; row < here.FirstKnownRow; row++)
        {
            trained.Read(row, table.Row(row));
        }

        for (int i = 0; i < here.Values.Count; i++)
        {
            trained.Read(there.Row(here.Values[i]), table.Row(here.FirstKnownRow + i));
        }
    }
}
