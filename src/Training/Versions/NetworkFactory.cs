using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Network.Embeddings;
using DinOrleans.Training.Samples.Rankings;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Training.Versions;

/// <summary>Makes networks over the items, users and contexts of a log: untrained ones, and those of a version.</summary>
public static class NetworkFactory
{
    /// <summary>Makes a network to train. Its scores start at the rates of the labels that it is to learn.</summary>
    /// <param name="log">The log.</param>
    /// <param name="samples">The samples of the log.</param>
    /// <param name="encoding">The encoding of the features.</param>
    /// <param name="options">The model, its samples and how it is trained.</param>
    /// <exception cref="InvalidContentException">The model or its options are unknown or break a rule.</exception>
    public static RankingNetwork CreateUntrained(TrainingLog log, SampleSet samples, FeatureEncoding encoding, VersionOptions options)
    {
        ScoreLayout layout = log.Schema.Layout();
        RankingEmbeddings embeddings = Embeddings(log, encoding, options.Trainer.Seed, (float)options.Trainer.EmbeddingDeviation, samples.Counts);
        var network = new RankingNetwork(
            RankingModels.Create(options.Model, layout, options.ModelOptions), layout, embeddings, options.Trainer.Seed);
        network.StartAt(LabelLevel.Measure(samples).LogOdds);
        return network;
    }

    /// <summary>Makes the network of a version, to evaluate it on a log.</summary>
    /// <exception cref="ArtifactException">The version is damaged, or was trained with other features than the log has.</exception>
    public static RankingNetwork Load(Artifact artifact, TrainingLog log)
    {
        ScoreLayout layout = artifact.Layout;
        if (log.Schema.Layout() != layout)
        {
            throw new ArtifactException(artifact.Folder, "was trained with other features than the dataset has");
        }

        RankingEmbeddings embeddings = Embeddings(log, FeatureEncoding.Read(artifact), seed: 0, deviation: 0, counts: null);
        foreach ((TrainableTable table, EmbeddingTable trained) in embeddings.Tables.Zip(artifact.Tables()))
        {
            for (int row = 0; row < table.Rows; row++)
            {
                trained.Read(row, table.Row(row));
            }
        }

        IRankingModel model = RankingModels.Create(artifact.Manifest.Model, layout, artifact.Manifest.Options.GetRawText());
        var network = new RankingNetwork(model, layout, embeddings, seed: 0);
        network.Parameters.Import(artifact.ReadParameters());
        return network;
    }

    private static RankingEmbeddings Embeddings(
        TrainingLog log, FeatureEncoding encoding, int seed, float deviation, TrainingCounts? counts)
    {
        FeatureSchema schema = log.Schema;
        EntityRows items = encoding.Encode(log, FeatureSource.Item);
        EntityRows users = encoding.Encode(log, FeatureSource.User);
        EntityRows contexts = encoding.Encode(log, FeatureSource.Context);
        int itemIdFeature = schema.ItemFeatures.Select((f, i) => (f.Name, i)).First(f => f.Name == FeatureSchema.ItemId).i;
        TrainableTable[] itemTables = Tables(FeatureSource.Item, items);
        TrainableTable itemIds = itemTables[itemIdFeature];
        return new RankingEmbeddings
        {
            ItemTables = itemTables,
            UserTables = Tables(FeatureSource.User, users),
            ContextTables = Tables(FeatureSource.Context, contexts),
            ItemBias = new TrainableTable(FeatureKeys.ItemBias, itemIds.Rows, 1, seed, deviation: 0, itemIds.Occurrences, itemIds.UnknownRows),
            ItemIdFeature = itemIdFeature,
            Items = items,
            Users = users,
            Contexts = contexts,
        };

        TrainableTable[] Tables(FeatureSource source, EntityRows entities)
        {
            return
            [
                .. schema.Categorical(source).Select((f, i) =>
                {
                    string key = FeatureKeys.Create(source, f.Name);
                    Vocabulary vocabulary = encoding.Vocabularies[key];
                    int[]? occurrences = counts is null ? null : Occurrences(entities.Rows[i], counts.Get(source), vocabulary.RowCount);
                    return new TrainableTable(key, vocabulary.RowCount, f.Dimension, seed, deviation, occurrences, vocabulary.OutOfVocabularyRows);
                }),
            ];
        }
    }

    private static int[] Occurrences(int[] rowOfEntity, int[] counts, int rows)
    {
        int[] occurrences = new int[rows];
        for (int i = 0; i < rowOfEntity.Length; i++)
        {
            occurrences[rowOfEntity[i]] += counts[i];
        }

        return occurrences;
    }
}
