using DinOrleans.Training.Batches;

namespace DinOrleans.Training.Tests.Batches;

public sealed class BatchPartsTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(256)]
    public void Cut_RaggedLists_PadsLessThanFifteenPercentWithinTheBound(int rankings)
    {
        int[] lists = RaggedLists.Lengths(seed: 1, count: 5120);
        Assert.Equal(283, lists.Max());
        Assert.InRange(lists.Average(), 36, 40);

        long padded = 0;
        long pairs = 0;
        int parts = 0;
        foreach (RankingBatch batch in lists.Chunk(rankings).Select((own, i) => RaggedLists.Batch(i, own)))
        {
            foreach (RankingBatch part in BatchParts.Cut(batch).Select(p => p.Batch))
            {
                long own = (long)part.Rankings * part.CandidateCount * part.HistoryLength;
                Assert.InRange(own, 1, BatchParts.MaxPairs);
                padded += own;
                pairs += Pairs(part);
                parts++;
            }
        }

        Assert.True(pairs >= (1 - BatchParts.MaxPadding) * padded, $"{1 - ((double)pairs / padded):P1} of the pairs are padding.");
        Assert.True(lists.Length >= 2 * parts, $"{lists.Length} rankings were cut into {parts} parts.");
    }

    [Fact]
    public void Cut_RaggedLists_HoldsEveryCandidateOnceWithItsRanking()
    {
        RankingBatch batch = RaggedLists.Batch(seed: 3, RaggedLists.Lengths(seed: 3, count: 64), tasks: 2) with
        {
            Positions = null,
        };

        float[] found = new float[batch.Labels.Length];
        foreach (BatchPart part in BatchParts.Cut(batch))
        {
            part.Batch.RequireShape(tasks: 2);
            for (int r = 0; r < part.Ranges.Count; r++)
            {
                CandidateRange range = part.Ranges[r];
                Assert.Equal(batch.Users[range.Ranking], part.Batch.Users[r]);
                Assert.Equal(Row(batch.Behaviours, batch.HistoryLength, range.Ranking)[..batch.Lengths[range.Ranking]],
                    Row(part.Batch.Behaviours, part.Batch.HistoryLength, r)[..part.Batch.Lengths[r]]);
                Assert.Equal(
                    Row(batch.Candidates, batch.CandidateCount, range.Ranking)[range.Start..(range.Start + range.Count)],
                    Row(part.Batch.Candidates, part.Batch.CandidateCount, r)[..range.Count]);
            }

            part.CopyTo([.. Enumerable.Repeat(1f, part.Batch.Labels.Length)], found, batch.CandidateCount);
            Assert.Equal(part.Ranges.Sum(r => r.Count), part.Batch.Candidates.Count(c => c >= 0));
        }

        Assert.Equal(batch.Candidates.SelectMany(c => new[] { c >= 0 ? 1f : 0, c >= 0 ? 1f : 0 }), found);
    }

    [Fact]
    public void Cut_ListThatExceedsAPart_IsSpreadOverSeveral()
    {
        RankingBatch batch = RaggedLists.Batch(seed: 1, [5, 40_000, 7]);
        batch = batch with { Lengths = [3, RaggedLists.LongestHistory, 0], Behaviours = new int[3 * batch.HistoryLength] };

        BatchPart[] parts = [.. BatchParts.Cut(batch)];

        Assert.All(parts, p => Assert.InRange(p.Batch.Rankings * p.Batch.CandidateCount * p.Batch.HistoryLength, 1, BatchParts.MaxPairs));
        CandidateRange[] own = [.. parts.SelectMany(p => p.Ranges).Where(r => r.Ranking == 1).OrderBy(r => r.Start)];
        Assert.Equal(40_000, own.Sum(r => r.Count));
        Assert.Equal(own.Select(r => r.Start).Skip(1), own.SkipLast(1).Select(r => r.Start + r.Count));
        Assert.Equal(12, parts.SelectMany(p => p.Ranges).Where(r => r.Ranking != 1).Sum(r => r.Count));
    }

    [Fact]
    public void Cut_SeveralSequences_CountTheirPairsEach()
    {
        RankingBatch batch = RaggedLists.Batch(seed: 1, [.. Enumerable.Repeat(50, 64)]);
        batch = batch with { SequenceLengths = new int[64 * 3] };

        Assert.All(
            BatchParts.Cut(batch),
            p => Assert.InRange(4 * p.Batch.Rankings * p.Batch.CandidateCount * p.Batch.HistoryLength, 1, BatchParts.MaxPairs));
    }

    [Fact]
    public void Cut_ListsOfOneLength_LeavesTheBatchWhole()
    {
        RankingBatch batch = RaggedLists.Batch(seed: 1, [.. Enumerable.Repeat(3, 20)]);

        BatchPart part = Assert.Single(BatchParts.Cut(batch with { Lengths = [.. Enumerable.Repeat(RaggedLists.LongestHistory, 20)] }));

        Assert.Same(batch.Candidates, part.Batch.Candidates);
        Assert.Equal(20, part.Ranges.Count);
    }

    [Fact]
    public void Cut_RankingWithoutCandidates_KeepsItsBehaviours()
    {
        RankingBatch batch = RaggedLists.Batch(seed: 1, [100, 0, 300]);

        CandidateRange range = Assert.Single(BatchParts.Cut(batch).SelectMany(p => p.Ranges), r => r.Ranking == 1);

        Assert.Equal(new(1, 0, 1), range);
    }

    private static long Pairs(RankingBatch batch) =>
        Enumerable.Range(0, batch.Rankings).Sum(r => (long)batch.ListLength(r) * Math.Max(1, batch.Lengths[r]));

    private static int[] Row(int[] all, int width, int row) => all[(row * width)..((row + 1) * width)];
}
