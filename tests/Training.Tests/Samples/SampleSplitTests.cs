using DinOrleans.Training.Samples;

namespace DinOrleans.Training.Tests.Samples;

public sealed class SampleSplitTests
{
    private static readonly SampleOptions Options = new() { ValidationShare = 0 };

    [Fact]
    public void Batches_Padding_IsMinusOneAtTheEnd()
    {
        TrainingLog log = LogOf.Events(
            LogOf.Schema(), [], "v a impression 0 r0", "u a click 1", "u b click 2", "u a impression 3 r1", "u b impression 3 r1", "u b click 4 r1");

        SampleBatch batch = Assert.Single(SampleSet.Build(log, Options).Training.Batches(10, 0, shuffle: false));
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

        SampleBatch batch = Assert.Single(SampleSet.Build(log, Options).Training.Batches(10, 0, shuffle: true));
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
    public void Batches_OnceWarm_AllocateNothingABatch()
    {
        SampleSplit split = SampleSet.Build(LogOf.Random(users: 300), Options).Training;
        using IEnumerator<SampleBatch> batches = split.Batches(1, 0, shuffle: false).GetEnumerator();
        long warm = 0;
        int count = 0;
        while (batches.MoveNext())
        {
            count++;
            warm = count == 1000 ? GC.GetAllocatedBytesForCurrentThread() : warm;
        }

        Assert.True(count > 2000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - warm);
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

    private static IEnumerable<int> Labels(SampleSplit split, int batchSize, bool shuffle, int epoch = 0) =>
        split.Batches(batchSize, epoch, shuffle).SelectMany(b => b.Contexts[..b.Rankings]);

    private static int Padding(SampleSplit split, bool shuffle) =>
        split.Batches(16, 0, shuffle).Sum(b => (b.Rankings * b.HistoryLength) - b.Lengths.Take(b.Rankings).Sum());
}
