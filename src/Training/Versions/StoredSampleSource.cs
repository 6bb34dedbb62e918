using System.Globalization;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;

namespace DinOrleans.Training.Versions;

/// <summary>Makes the stored sample of a version from the log that it learned from.</summary>
internal static class StoredSampleSource
{
    /// <summary>Takes the ranking of a batch that has the longest history, with its features and the scores of the trained network.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="log">The log that the batch was made of.</param>
    /// <param name="batch">The batch.</param>
    public static StoredSample Take(RankingNetwork network, TrainingLog log, RankingBatch batch)
    {
        int longest = Array.IndexOf(batch.Lengths, batch.Lengths.Max());
        RankingBatch one = batch.Take([new(longest, 0, Math.Clamp(batch.ListLength(longest), 1, StoredSample.MaxCandidates))]);
        int[] behaviours = one.Behaviours[..one.Lengths[0]];
        int[] candidates = [.. one.Candidates.TakeWhile(c => c >= 0)];
        int[] items = [.. behaviours.Concat(candidates).Distinct()];
        return new StoredSample
        {
            Items = [.. items.Select(item => Features(log.Schema, FeatureSource.Item, log.Items, item))],
            Behaviours = [.. behaviours.Select(item => Array.IndexOf(items, item))],
            SequenceLengths = one.SequenceLengths,
            Candidates = [.. candidates.Select(item => Array.IndexOf(items, item))],
            Profile = Features(log.Schema, FeatureSource.User, log.Users, one.Users[0]),
            Context = Features(log.Schema, FeatureSource.Context, log.Contexts, one.Contexts[0]),
            Scores = network.Score(one)[..(candidates.Length * network.Layout.TaskCount)],
        };
    }

    /// <summary>The features of an item, user or context as a request has them. Missing features are left out.</summary>
    private static Dictionary<string, string> Features(FeatureSchema schema, FeatureSource source, EntityTable entities, int entity)
    {
        Dictionary<string, string> features = [];
        if (entity < 0)
        {
            return features;
        }

        foreach ((CategoricalFeature feature, StringColumn column) in schema.Categorical(source).Zip(entities.Categorical))
        {
            if (column.Codes[entity] >= 0)
            {
                features[feature.Name] = column.Values[column.Codes[entity]];
            }
        }

        foreach ((NumericFeature feature, float[] values) in schema.Numeric(source).Zip(entities.Numeric))
        {
            if (float.IsFinite(values[entity]))
            {
                features[feature.Name] = values[entity].ToString("R", CultureInfo.InvariantCulture);
            }
        }

        return features;
    }
}
