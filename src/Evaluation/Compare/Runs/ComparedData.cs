using System.Security.Cryptography;
using System.Text;
using DinOrleans.Datasets;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.Evaluation.Compare.Measures;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Evaluation.Compare.Runs;

/// <summary>The data that models are compared on: a training log, and how its test is made.</summary>
/// <remarks>
/// A log with impressions is tested on the latest tenth of the rankings that were shown, with the candidates that were shown. Any other log is tested
/// on each user's last item against one uniform negative and one drawn by popularity. They are given, or drawn from the log, the same each time.
/// </remarks>
public sealed class ComparedData
{
    private const double TestShare = 0.1;

    private ComparedData(string name, TrainingLog log, IReadOnlyList<RankingPair>? pairs, SampleOptions samples, double? bestAuc)
    {
        Name = name;
        Log = log;
        Pairs = pairs;
        Samples = samples;
        BestAuc = bestAuc;
    }

    /// <summary>The name of the dataset.</summary>
    public string Name { get; }

    public TrainingLog Log { get; }

    /// <summary>The pairs to test on. Null if impressions are tested on.</summary>
    public IReadOnlyList<RankingPair>? Pairs { get; }

    /// <summary>The sample options that every model starts from.</summary>
    public SampleOptions Samples { get; }

    /// <summary>The best AUC that a model can be expected to reach, which only the generator of a sample shop knows. Null otherwise.</summary>
    public double? BestAuc { get; }

    /// <summary>Says in words what is tested on.</summary>
    public string Protocol => Pairs is null
        ? "the latest tenth of the rankings that were shown, with the candidates that were shown; the tenth of them before it validates"
        : $"the last item of {Pairs.Count:N0} users against one uniform negative and one drawn by popularity";

    /// <summary>Reads a dataset folder.</summary>
    /// <param name="folder">The folder of the dataset.</param>
    /// <param name="pairsFile">A CSV of pairs. Null draws pairs, or tests on impressions.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="DatasetException">The dataset or file does not exist, or a row breaks a rule.</exception>
    public static async Task<ComparedData> LoadAsync(string folder, string? pairsFile, CancellationToken cancellationToken)
    {
        TrainingLog log = await TrainingLog.LoadAsync(DatasetFolder.Open(folder), cancellationToken).ConfigureAwait(false);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        string shop = Path.Combine(folder, DatasetLayout.SampleShopFile);
        double? best = File.Exists(shop) ? SampleShopReport.Load(shop).BestAucLatest : null;
        SampleOptions lastItem = SampleProtocol.LastItem.Options(seed: 1);
        if (pairsFile is not null)
        {
            return new(name, log, PairsFile.Read(pairsFile), lastItem, bestAuc: null);
        }

        return log.Events.Ranking.Any(r => r >= 0) && log.Schema.EventTypes.Contains(FeatureSchema.Impression)
            ? new(name, log, null, SampleProtocol.Live.Options(seed: 1) with { TestShare = TestShare }, best)
            : new(name, log, PairSamples.Draw(log, lastItem), lastItem, bestAuc: null);
    }

    /// <summary>The rankings to test on.</summary>
    /// <param name="samples">The samples of a model.</param>
    /// <param name="options">The options that the samples were made with.</param>
    internal SampleSplit Test(SampleSet samples, SampleOptions options) => Pairs is null ? samples.Test : PairSamples.Build(Log, Pairs, options);

    /// <summary>The kinds of test that predictions allow, with the predictions of each.</summary>
    internal IEnumerable<(string Against, TaskPredictions Predictions)> Kinds(TaskPredictions predictions) => Pairs is null
        ? [(TestMeasures.Shown, predictions)]
        :
        [
            ("uniform", PairsEvaluation.Against(predictions, PairSamples.UniformNegative)),
            ("popular", PairsEvaluation.Against(predictions, PairSamples.PopularNegative)),
        ];

    /// <summary>A text that is equal only for equal logs and tests.</summary>
    internal string Fingerprint() => Pairs is null
        ? Log.Digest
        : $"{Log.Digest} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Pairs))))}";
}
