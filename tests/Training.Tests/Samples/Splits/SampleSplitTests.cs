using DinOrleans.TestLog;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Training.Tests.Samples.Splits;

public sealed class SampleSplitTests
{
    private static readonly SampleOptions Options = new() { ValidationShare = 0 };

    [Fact]
    public void Batches_Padding_IsMinusOneAtTheEnd()
    {
        TrainingLog log = LogOf.Events(
            LogOf.Schema(), [], "v a impression 0 r0", "u a click 1", "u b click 2", "u a impression 3 r1", "u b impression 3 r1", "u b click 4 r1");

        RankingBatch batch = Assert.Single(SampleSet.Build(log, Options).Training.Batches(10, 0, shuffle: false));
        Assert.Equal((2, 2, 2, 1), (batch.Rankings, batch.HistoryLength, batch.CandidateCount, batch.TaskCount));
        Assert.Equal([0, 2], batch.Lengths.Take(2));
        Assert.Equal([-1, -1, 0, 1], batch.Behaviours.Take(4));
        Assert.Equal([0, -1, 0, 1], batch.Candidates.Take(4));
        Assert.Equal([0f, 0f, 0f, 1f], batch.Labels.Take(4));
        Assert.Equal(["v", "u"], batch.Users.Take(2).Select(u => log.UserIds[u]));
    }

    [Fact]
    public void Batches_NoHistoryAtAll_StillHasLengthOne()
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(), [], "v a impression 0 r0");

        RankingBatch batch = Assert.Single(SampleSet.Build(log, Options).Training.Batches(10, 0, shuffle: true));
        Assert.Equal(1, batch.HistoryLength);
        Assert.Equal(-1, batch.Behaviours[0]);
        Assert.Equal(0, batch.Lengths[0]);
    }

    [Fact]
    public void Build_TestShare_IsTheLatestAndTrainedOnByNothing()
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(), [], [.. Enumerable.Range(0, 10).Select(i => $"u i{i} impression {i} r{i}")]);
        SampleSet samples = SampleSet.Build(log, Options with { TestShare = 0.2, ValidationShare = 0.25 });

        Assert.Equal((6, 2, 2), (samples.Training.Count, samples.Validation.Count, samples.Test.Count));
        Assert.Equal(["u [] i6=0", "u [] i7=0"], LogOf.Describe(log, samples.Validation));
        Assert.Equal(["u [] i8=0", "u [] i9=0"], LogOf.Describe(log, samples.Test));
    }

    [Theory]
    [InlineData(ValidationRows.Latest)]
    [InlineData(ValidationRows.LastOfUser)]
    public void Build_ClicksThenImpressions_ValidatesAndTestsOnAShareOfWhatWasShown(ValidationRows validation)
    {
        SampleSet samples = SampleSet.Build(ClicksThenImpressions(), new() { TestShare = 0.2, ValidationShare = 0.25, Validation = validation });

        Assert.Equal((30, 12), (samples.Training.Sampled.Rankings, samples.Training.Shown.Rankings));
        Assert.Equal((0, 4), (samples.Validation.Sampled.Rankings, samples.Validation.Shown.Rankings));
        Assert.Equal((0, 4), (samples.Test.Sampled.Rankings, samples.Test.Shown.Rankings));
    }

    [Fact]
    public void Batches_ClicksThenImpressions_GoThroughTheSampledFirstAndMixNoBatch()
    {
        TrainingLog log = ClicksThenImpressions();
        SampleSplit split = SampleSet.Build(log, Options).Training;

        (bool IsSampled, int Rankings, int Shown)[] batches =
        [
            .. split.Batches(7, epoch: 1, shuffle: true).Select(b => (
                b.IsSampled, b.Rankings, b.Contexts.Take(b.Rankings).Count(e => log.Schema.EventTypes[log.Events.Type[e]] == "impression"))),
        ];

        Assert.Equal(30, batches.TakeWhile(b => b.IsSampled).Sum(b => b.Rankings));
        Assert.All(batches, b => Assert.Equal(b.IsSampled ? 0 : b.Rankings, b.Shown));
        Assert.Equal(batches.Length, split.Steps(7));
    }

    [Fact]
    public void Summary_ClicksThenImpressions_SaysWhatIsLearnedFromAndTestedOn()
    {
        TrainingLog log = ClicksThenImpressions();

        string summary = SampleSummary.Describe(log.Schema, SampleSet.Build(log, new() { TestShare = 0.2, ValidationShare = 0.25 })).ToString();

        Assert.Equal(
            [
                "training: 42 rankings of 10 users, 102 candidates with the positives 30 click; 30 positives with drawn negatives first, then 12 as shown",
                "validation: 4 rankings of 4 users, 4 candidates with the positives 0 click; all as shown",
                "held out to test on: 4 rankings of 4 users, 4 candidates with the positives 0 click; all as shown",
            ],
            summary.Split(Environment.NewLine));
        Assert.EndsWith("held out to test on: 10 users' last positives, and what came after them", SampleSummary.Describe(
            log.Schema, SampleSet.Build(log, new() { HoldOut = HoldOut.LastItem })).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10000)]
    public void Batches_Shuffled_HoldEveryRankingOnce(int batchSize)
    {
        TrainingLog log = LogOf.Random();
        SampleSplit split = SampleSet.Build(log, Options).Training;

        int[] inOrder = [.. Labels(split, batchSize, shuffle: false)];
        int[] shuffled = [.. Labels(split, batchSize, shuffle: true)];
        Assert.Equal(split.Count, inOrder.Length);
        Assert.Equal(inOrder.Order(), shuffled.Order());
        Assert.NotEqual(inOrder, shuffled);
        Assert.Equal(shuffled, Labels(split, batchSize, shuffle: true));
        Assert.NotEqual(shuffled, Labels(split, batchSize, shuffle: true, epoch: 1));
    }

    [Fact]
    public void Batches_Shuffled_PadLessThanInOrder()
    {
        SampleSplit split = SampleSet.Build(LogOf.Random(users: 300), Options).Training;

        Assert.True(Padding(split, shuffle: true) * 3 < Padding(split, shuffle: false));
    }

    [Fact]
    public void Batches_LaterBatches_LeaveEarlierOnesAsTheyWere()
    {
        SampleSplit split = SampleSet.Build(LogOf.Random(users: 300), Options).Training;

        RankingBatch[] kept = [.. split.Batches(8, 0, shuffle: true)];

        Assert.True(kept.Length > 100);
        foreach ((RankingBatch batch, RankingBatch made) in kept.Zip(split.Batches(8, 0, shuffle: true), (earlier, again) => (earlier, again)))
        {
            Assert.Equal(made.Behaviours, batch.Behaviours);
            Assert.Equal(made.Lengths, batch.Lengths);
            Assert.Equal(made.Candidates, batch.Candidates);
            Assert.Equal(made.Labels, batch.Labels);
            Assert.Equal(made.Users, batch.Users);
            Assert.Equal(made.Contexts, batch.Contexts);
        }
    }

    [Fact]
    public void CandidateCount_CountsDrawnNegatives()
    {
        SampleSplit split = SampleSet.Build(LogOf.Random(), Options).Training;

        Assert.Equal(3L * split.Count, split.CandidateCount);
    }

    [Fact]
    public void Batches_BadArguments_AreRefusedAtOnce()
    {
        SampleSplit split = SampleSet.Build(LogOf.Random(), Options).Training;

        Assert.Throws<ArgumentOutOfRangeException>(() => split.Batches(0, 0, shuffle: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => split.Batches(1, -1, shuffle: true));
    }

    /// <summary>Ten users with four clicks each, then twenty rankings that were shown.</summary>
    private static TrainingLog ClicksThenImpressions() => LogOf.Events(
        LogOf.Schema(),
        [.. Enumerable.Range(0, 20).Select(i => $"i{i}")],
        [
            .. Enumerable.Range(0, 40).Select(i => $"u{i % 10} i{i % 20} click {i}"),
            .. Enumerable.Range(0, 20).Select(i => $"u{i % 10} i{i} impression {100 + i} r{i}"),
        ]);

    [Theory]
    [InlineData(new[] { 3, 3, 3 }, 9, 3)]
    [InlineData(new[] { 3, 3, 3 }, 8, 2)]
    [InlineData(new[] { 1, 1, 4 }, 9, 2)]
    [InlineData(new[] { 4, 1, 1 }, 9, 2)]
    [InlineData(new[] { 100, 1 }, 9, 1)]
    [InlineData(new[] { 0, 0, 0 }, 1, 3)]
    public void Fitting_ListsOfThoseLengths_CountsThePaddedPlaces(int[] lengths, int maxPlaces, int expected)
    {
        int[] rows = [.. Enumerable.Range(0, lengths.Length)];

        Assert.Equal(expected, SampleSplit.Fitting(rows, row => lengths[row], maxPlaces));
    }

    private static IEnumerable<int> Labels(SampleSplit split, int batchSize, bool shuffle, int epoch = 0) =>
        split.Batches(batchSize, epoch, shuffle).SelectMany(b => b.Contexts[..b.Rankings]);

    private static int Padding(SampleSplit split, bool shuffle) =>
        split.Batches(16, 0, shuffle).Sum(b => (b.Rankings * b.HistoryLength) - b.Lengths.Take(b.Rankings).Sum());
}
