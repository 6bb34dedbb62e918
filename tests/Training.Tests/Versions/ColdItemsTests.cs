using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;
using DinOrleans.TestLog;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Samples.Splits;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Tests.Versions;

/// <summary>Items that training has never seen are scored as new, not as what nobody wants.</summary>
public sealed class ColdItemsTests
{
    private const int Users = 250;
    private const int Categories = 5;
    private const int WarmItems = 100;
    private const int ColdItems = 100;

    private static readonly FeatureSchema Schema = LogOf.Schema() with { ItemFeatures = [new("item_id", 8), new("category", 8)] };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fit_ItemsWithoutEvents_AreScoredByTheirCategoryAsOthersAre(int minimumCount)
    {
        TrainingLog log = Log();
        var options = new VersionOptions
        {
            Model = "base",
            MinimumCount = minimumCount,
            Samples = new() { ValidationShare = 0 },
            Trainer = new() { Epochs = 4, EpochDecay = 1, Threads = 1 },
        };
        SampleSet samples = SampleSet.Build(log, options.Samples);
        var encoding = FeatureEncoding.Learn(log, samples.Counts, options.MinimumCount, options.OutOfVocabularyRows);
        using RankingNetwork network = NetworkFactory.CreateUntrained(log, samples, encoding, options);
        new RankingTrainer(network, options.Trainer, TimeProvider.System).Fit(
            new SampleData(samples, options.Trainer.BatchSize), null, TestContext.Current.CancellationToken);

        // A new item of what the user buys, a known one, and a known one of what the user does not buy.
        double[] sums = new double[3];
        for (int user = 0; user < Users; user++)
        {
            int category = user % Categories;
            float[] scores = network.Score(Ranking(
                log, user, $"cold{category + (Categories * (user % 20))}", $"warm{category}", $"warm{(category + 1) % Categories}"));
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += scores[i] / Users;
            }
        }

        Assert.True(sums[0] > 0.3 * sums[1], $"new items are scored {sums[0]} in the mean, known ones {sums[1]}");
        Assert.True(sums[0] > 10 * sums[2], $"new items are scored {sums[0]} in the mean, known ones of another category {sums[2]}");
    }

    [Fact]
    public void Draw_ItemsWithoutTrainingEvents_AreNoNegatives()
    {
        TrainingLog log = Log();
        SampleSet samples = SampleSet.Build(log, new() { UniformNegatives = 4, ValidationShare = 0 });

        IEnumerable<int> candidates = samples.Training.Batches(64, epoch: 1, shuffle: true).SelectMany(b => b.Candidates[..(b.Rankings * b.CandidateCount)]);

        Assert.DoesNotContain(candidates, item => item >= 0 && log.ItemIds[item].StartsWith("cold", StringComparison.Ordinal));
    }

    /// <summary>Users buy one category each, of warm items only.</summary>
    private static TrainingLog Log()
    {
        var random = new Random(11);
        return LogOf.Data(
            Schema,
            Enumerable.Range(0, WarmItems).Select(i => Item("warm", i)).Concat(Enumerable.Range(0, ColdItems).Select(i => Item("cold", i))),
            [],
            Enumerable.Range(0, Users * 8).Select(e => new BehaviourEvent
            {
                EventId = $"e{e}",
                UserId = $"u{e % Users}",
                ItemId = $"warm{(e % Users % Categories) + (Categories * random.Next(WarmItems / Categories))}",
                Type = "click",
                Timestamp = LogOf.Start.AddMinutes(e),
            }));
    }

    private static Item Item(string kind, int i) =>
        new($"{kind}{i}", new Dictionary<string, string>(EmptyFeatures.Instance) { ["category"] = $"c{i % Categories}" });

    private static RankingBatch Ranking(TrainingLog log, int user, params string[] items)
    {
        int start = log.Events.UserStart[log.FindUser($"u{user}")];
        int[] history = log.Events.Item[start..log.Events.UserStart[log.FindUser($"u{user}") + 1]];
        return new()
        {
            Rankings = 1,
            HistoryLength = history.Length,
            CandidateCount = items.Length,
            Behaviours = history,
            Lengths = [history.Length],
            Candidates = [.. items.Select(log.FindItem)],
            Labels = new float[items.Length],
            Users = [-1],
            Contexts = [-1],
        };
    }
}
