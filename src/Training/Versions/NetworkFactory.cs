using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer;
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
        RankingEmbeddings embeddings = Embeddings(log, encoding, options.Trainer.Seed);
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

        RankingEmbeddings embeddings = Embeddings(log, FeatureEncoding.Of(artifact), seed: 0);
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

    private static RankingEmbeddings Embeddings(TrainingLog log, FeatureEncoding encoding, int seed)
    {
        FeatureSchema schema = log.Schema;
        var items = encoding.Encode(log, FeatureSource.Item);
        int itemIdFeature = schema.ItemFeatures.Select((f, i) => (f.Name, i)).First(f => f.Name == FeatureSchema.ItemId).i;
        int itemRows = encoding.Vocabularies[FeatureKeys.Of(FeatureSource.Item, FeatureSchema.ItemId)].RowCount;
        return new RankingEmbeddings
        {
            ItemTables = Tables(FeatureSource.Item),
            UserTables = Tables(FeatureSource.User),
            ContextTables = Tables(FeatureSource.Context),
            ItemBias = new TrainableTable(FeatureKeys.ItemBias, itemRows, 1, seed, deviation: 0),
            ItemIdFeature = itemIdFeature,
            Items = items,
            Users = encoding.Encode(log, FeatureSource.User),
            Contexts = encoding.Encode(log, FeatureSource.Context),
        };

        TrainableTable[] Tables(FeatureSource source) =>
        [
            .. schema.Categorical(source).Select(f =>
            {
                string key = FeatureKeys.Of(source, f.Name);
                return new TrainableTable(key, encoding.Vocabularies[key].RowCount, f.Dimension, seed);
            }),
        ];
    }
}
