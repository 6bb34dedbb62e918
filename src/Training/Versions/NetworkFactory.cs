using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Trainer.Batches;
using DinOrleans.Training.Trainer.Embeddings;

namespace DinOrleans.Training.Versions;

/// <summary>Makes networks over the entities of a log: untrained ones, and those of a version.</summary>
public static class NetworkFactory
{
    /// <summary>A network to train.</summary>
    /// <exception cref="InvalidDataException">The model or its options are unknown or break a rule.</exception>
    public static RankingNetwork Untrained(TrainingLog log, FeatureEncoding encoding, VersionOptions options)
    {
        ScoreLayout layout = log.Schema.Layout();
        RankingEmbeddings embeddings = Embeddings(log, encoding, options.Trainer.Seed, (float)options.Trainer.EmbeddingDeviation);
        return new(RankingModels.Create(options.Model, layout, options.ModelOptions), layout, embeddings, options.Trainer.Seed);
    }

    /// <summary>The network of a version, to evaluate it on a log.</summary>
    /// <exception cref="ArtifactException">The version is damaged, or has other features than the log.</exception>
    public static RankingNetwork Of(Artifact artifact, TrainingLog log)
    {
        ScoreLayout layout = artifact.Layout;
        if (log.Schema.Layout() != layout)
        {
            throw new ArtifactException(artifact.Folder, "was trained with other features than the dataset has");
        }

        RankingEmbeddings embeddings = Embeddings(log, FeatureEncoding.Of(artifact), seed: 0, deviation: 0);
        foreach ((TrainableTable table, EmbeddingTable trained) in embeddings.Tables.Zip(artifact.Tables()))
        {
            for (int row = 0; row < table.Rows; row++)
            {
                trained.Row(row).CopyTo(table.Row(row));
            }
        }

        IRankingModel model = RankingModels.Create(artifact.Manifest.Kind, layout, artifact.Manifest.Options.GetRawText());
        var network = new RankingNetwork(model, layout, embeddings, seed: 0);
        network.Parameters.Import(artifact.ReadParameters());
        return network;
    }

    private static RankingEmbeddings Embeddings(TrainingLog log, FeatureEncoding encoding, int seed, float deviation)
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
            ItemBias = new TrainableTable(FeatureKeys.ItemBias, itemIds.Rows, 1, seed, deviation: 0, itemIds.Occurrences),
            ItemIdFeature = itemIdFeature,
            Items = items,
            Users = users,
            Contexts = contexts,
        };

        TrainableTable[] Tables(FeatureSource source, EntityRows entities)
        {
            int[] events = FeatureEncoding.EventsOf(log, source);
            return
            [
                .. schema.Categorical(source).Select((f, i) =>
                {
                    string key = FeatureKeys.Of(source, f.Name);
                    int rows = encoding.Vocabularies[key].RowCount;
                    return new TrainableTable(key, rows, f.Dimension, seed, deviation, Occurrences(entities.Rows[i], events, rows));
                }),
            ];
        }
    }

    private static int[] Occurrences(int[] rowOfEntity, int[] events, int rows)
    {
        int[] occurrences = new int[rows];
        for (int i = 0; i < rowOfEntity.Length; i++)
        {
            occurrences[rowOfEntity[i]] += events[i];
        }

        return occurrences;
    }
}
