using DinOrleans.TestLog;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Samples.Splits;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Tests.Versions;

public sealed class NetworkFactoryTests
{
    private static readonly TrainingLog Log = LogOf.Events(
        LogOf.Schema(), ["n"], "u a click 1", "u b click 2", "v a click 1", "v a click 3", "v b click 4", "w r click 5", "w b click 6", "x s click 7");

    [Fact]
    public void Untrained_Tables_KnowHowOftenEachRowOccurs()
    {
        var options = new VersionOptions { MinimumCount = 2, OutOfVocabularyRows = 1 };
        SampleSet samples = SampleSet.Build(Log, options.Samples);
        FeatureEncoding encoding = FeatureEncoding.Learn(Log, samples.Counts, options.MinimumCount, options.OutOfVocabularyRows);

        using RankingNetwork network = NetworkFactory.CreateUntrained(Log, samples, encoding, options);

        // Padding, the one row that n, r and s share, then a and b. Of s no training ranking has anything.
        Assert.Equal([0, 1, 3, 3], network.Embeddings.ItemTables[0].Occurrences!);
        Assert.Equal([0, 1, 3, 3], network.Embeddings.ItemBias.Occurrences!);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.25)]
    public void Untrained_EmbeddingDeviation_IsThatOfTheRows(double deviation)
    {
        TrainingLog log = LogOf.Random(items: 400, users: 200);
        var options = new VersionOptions { Trainer = new() { EmbeddingDeviation = deviation } };
        SampleSet samples = SampleSet.Build(log, options.Samples);

        using RankingNetwork network = NetworkFactory.CreateUntrained(log, samples, FeatureEncoding.Learn(log, samples.Counts, 2, 8), options);

        float[] values = network.Embeddings.ItemTables[0].Values[network.Embeddings.ItemTables[0].Dimension..];
        Assert.Equal(deviation, Math.Sqrt(values.Average(v => v * v)), deviation * 0.1);
        Assert.All(network.Embeddings.ItemBias.Values, b => Assert.Equal(0, b));
    }
}
