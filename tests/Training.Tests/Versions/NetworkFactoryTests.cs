using DinOrleans.Training.Samples;
using DinOrleans.Training.Tests.Samples;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Tests.Versions;

public sealed class NetworkFactoryTests
{
    private static readonly TrainingLog Log = LogOf.Events(
        LogOf.Schema(), ["n"], "u a click 1", "u b click 2", "v a click 1", "v a click 3", "v b click 4", "w r click 5");

    [Fact]
    public void Untrained_Tables_KnowHowOftenEachRowOccurs()
    {
        var options = new VersionOptions { MinimumCount = 2, OutOfVocabularyRows = 1 };
        FeatureEncoding encoding = FeatureEncoding.Learn(Log, options.MinimumCount, options.OutOfVocabularyRows);

        using RankingNetwork network = NetworkFactory.Untrained(Log, encoding, options);

        // Padding, the one row that n and r share, then a and b.
        Assert.Equal([0, 1, 3, 2], network.Embeddings.ItemTables[0].Occurrences!);
        Assert.Equal([0, 1, 3, 2], network.Embeddings.ItemBias.Occurrences!);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.25)]
    public void Untrained_EmbeddingDeviation_IsThatOfTheRows(double deviation)
    {
        TrainingLog log = LogOf.Random(items: 400, users: 200);
        var options = new VersionOptions { Trainer = new() { EmbeddingDeviation = deviation } };

        using RankingNetwork network = NetworkFactory.Untrained(log, FeatureEncoding.Learn(log, 2, 8), options);

        float[] values = network.Embeddings.ItemTables[0].Values[network.Embeddings.ItemTables[0].Dimension..];
        Assert.Equal(deviation, Math.Sqrt(values.Average(v => v * v)), deviation * 0.1);
        Assert.All(network.Embeddings.ItemBias.Values, b => Assert.Equal(0, b));
    }
}
