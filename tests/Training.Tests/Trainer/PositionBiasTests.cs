using DinOrleans.Model.Schema;
using DinOrleans.TestLog;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Samples.Splits;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Tests.Trainer;

/// <summary>
/// A shop that tends to show first what is wanted least, to users who look at each position half as often as at the one before
/// (Craswell et al., WSDM 2008: an item is clicked where it is looked at and wanted).
/// </summary>
public sealed class PositionBiasTests
{
    private const int Items = 12;
    private const int Rankings = 2000;
    private const int Shown = 6;

    /// <summary>For the towers to have a cross tower without positions too.</summary>
    private static readonly FeatureSchema Schema = LogOf.Schema() with { ContextFeatures = [new("device", 2)] };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fit_ClicksByPosition_OrdersItemsByHowWantedTheyAreOnlyWithPositions(int seed)
    {
        TrainingLog log = Log(seed);

        double without = RightlyOrdered(log, positions: 0);
        double with = RightlyOrdered(log, positions: Shown);

        Assert.True(without < 0.4, $"{without} of the pairs are ordered rightly without positions");
        Assert.True(with > 0.8, $"{with} of the pairs are ordered rightly with positions");
    }

    [Fact]
    public void Score_Positions_ChangeNothing()
    {
        using RankingNetwork network = Trained(Log(seed: 1), positions: Shown);
        RankingBatch batch = AllItems() with { Positions = [.. Enumerable.Range(0, Items)] };

        Assert.Contains(network.Parameters.Export()["cross/0/position/weight"].Data, w => Math.Abs(w) > 0.1f);
        Assert.Equal(network.Score(AllItems()), network.Score(batch));
    }

    /// <summary>The chance that a user who looks at an item clicks it.</summary>
    private static double Wanted(int item) => 0.1 + (0.6 * item / Items);

    private static double Looked(int position) => Math.Pow(0.5, position);

    private static TrainingLog Log(int seed)
    {
        var random = new Random(seed);
        List<string> events = [];
        for (int r = 0; r < Rankings; r++)
        {
            int[] candidates = [.. Enumerable.Range(0, Items).OrderBy(_ => random.Next()).Take(Shown)];
            int[] shown = [.. candidates.OrderBy(i => Wanted(i) + (0.4 * random.NextDouble()))];
            events.AddRange(shown.Select(i => $"u{r} i{i} impression {r} r{r}"));
            events.AddRange(shown.Where((i, position) => random.NextDouble() < Wanted(i) * Looked(position)).Select(i => $"u{r} i{i} click {r}.5 r{r}"));
        }

        return LogOf.Events(Schema, [.. Enumerable.Range(0, Items).Select(i => $"i{i}")], [.. events]);
    }

    /// <returns>Share of the pairs of items that are scored in the order of <see cref="Wanted"/>.</returns>
    private static double RightlyOrdered(TrainingLog log, int positions)
    {
        using RankingNetwork network = Trained(log, positions);
        float[] scores = network.Score(AllItems());
        return (from better in Enumerable.Range(0, Items) from worse in Enumerable.Range(0, better) select scores[better] > scores[worse] ? 1.0 : 0).Average();
    }

    private static RankingNetwork Trained(TrainingLog log, int positions)
    {
        var options = new VersionOptions
        {
            Model = "three-tower",
            ModelOptions = $$"""{ "towerUnits": [16], "outputWidth": 8, "useBias": true, "positions": {{positions}} }""",
            Samples = new() { ValidationShare = 0 },
            Trainer = new() { Epochs = 4, EpochDecay = 1, LearningRate = 0.02, HiddenShare = 0, Threads = 1 },
        };
        SampleSet samples = SampleSet.Build(log, options.Samples);
        var encoding = FeatureEncoding.Learn(log, samples.Counts, options.MinimumCount, options.OutOfVocabularyRows);
        RankingNetwork network = NetworkFactory.CreateUntrained(log, samples, encoding, options);
        var data = new SampleData(samples, options.Trainer.BatchSize);
        new RankingTrainer(network, options.Trainer, TimeProvider.System).Fit(data, progress: null, TestContext.Current.CancellationToken);
        return network;
    }

    /// <summary>One ranking of a user without history.</summary>
    private static RankingBatch AllItems() => new()
    {
        Rankings = 1,
        HistoryLength = 1,
        CandidateCount = Items,
        Behaviours = [-1],
        Lengths = [0],
        Candidates = [.. Enumerable.Range(0, Items)],
        Labels = new float[Items],
        Users = [-1],
        Contexts = [-1],
    };
}
