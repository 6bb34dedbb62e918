using DinOrleans.Datasets;
using DinOrleans.Training.Trainer.Batches;

namespace DinOrleans.Training.Samples;

/// <summary>Rankings to train or validate on, in time order unless shuffled.</summary>
/// <remarks>
/// Where some are sampled positives and others were shown, an epoch goes through the former first, and no batch has both: what was shown has the
/// last word.
/// </remarks>
public sealed class SampleSplit
{
    /// <summary>Batches sorted together by history length: enough to make padding rare, few enough to keep the shuffle's effect.</summary>
    private const int WindowBatches = 32;

    /// <summary>
    /// The most places for candidates in a batch, padding included. Bounds the memory of a batch where a few lists are very long; each place
    /// takes 8 bytes and 4 more per task.
    /// </summary>
    internal const int MaxPlaces = 1 << 24;

    private const int FixedEpoch = -1;

    private readonly SampleWriter _writer;
    private readonly Func<int, int> _listLength;
    private readonly int[] _rows;
    private readonly int _seed;
    private readonly bool _fixedNegatives;
    private readonly Range[] _parts;

    internal SampleSplit(SampleWriter writer, int[] rows, int seed, bool fixedNegatives)
    {
        _writer = writer;
        _listLength = writer.CandidateCount;
        _rows = rows;
        _seed = seed;
        _fixedNegatives = fixedNegatives;
        int sampled = Array.FindIndex(rows, writer.IsShown) is >= 0 and int first ? first : rows.Length;
        _parts = [0..sampled, sampled..rows.Length];
        Sampled = Counts(rows.AsSpan(0, sampled));
        Shown = Counts(rows.AsSpan(sampled));
    }

    /// <summary>Rankings.</summary>
    public int Count => _rows.Length;

    /// <summary>Candidates of all rankings, drawn negatives among them.</summary>
    public long CandidateCount => Sampled.Candidates + Shown.Candidates;

    /// <summary>Those of a positive with negatives drawn to it.</summary>
    public LabelCounts Sampled { get; }

    /// <summary>Those that were shown.</summary>
    public LabelCounts Shown { get; }

    /// <summary>Positives of a task.</summary>
    public long Positives(int task) => Sampled.Positives[task] + Shown.Positives[task];

    /// <summary>Distinct users of the rankings.</summary>
    public int UserCount() => _rows.Select(_writer.User).Distinct().Count();

    /// <summary>Batches of an epoch.</summary>
    /// <param name="batchSize">Rankings per batch.</param>
    public int Steps(int batchSize) => _parts.Sum(p => (p.End.Value - p.Start.Value + batchSize - 1) / batchSize);

    /// <summary>
    /// Makes the batches of an epoch, each when it is asked for. The same arguments give the same batches. A batch has arrays of its own,
    /// so it stays as it is while later ones are made.
    /// </summary>
    /// <param name="batchSize">
    /// Rankings per batch, at least 1. The last may have fewer, and so has one whose lists would together take more than 16,777,216 places.
    /// </param>
    /// <param name="epoch">From 0; decides the order and, in training, the negatives.</param>
    /// <param name="shuffle">
    /// Shuffled by seed and epoch, then sorted by history length within windows of 32 batches so that padding stays small, the batches
    /// of a window in random order. Else in time order.
    /// </param>
    public IEnumerable<RankingBatch> Batches(int batchSize, int epoch, bool shuffle)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return shuffle ? Shuffled(batchSize, epoch) : InOrder(batchSize, epoch);
    }

    private IEnumerable<RankingBatch> InOrder(int batchSize, int epoch)
    {
        foreach (Range part in _parts)
        {
            for (int start = part.Start.Value; start < part.End.Value;)
            {
                RankingBatch batch = Write(_rows, start, Math.Min(batchSize, part.End.Value - start), epoch);
                start += batch.Rankings;
                yield return batch;
            }
        }
    }

    private IEnumerable<RankingBatch> Shuffled(int batchSize, int epoch)
    {
        var random = new SeededRandom(_seed, epoch);
        foreach (Range part in _parts)
        {
            int[] rows = _rows[part];
            random.Shuffle(rows);
            int windowSize = (int)Math.Min((long)batchSize * WindowBatches, Math.Max(1, rows.Length));
            int[] lengths = new int[windowSize];
            int[] starts = new int[(windowSize + batchSize - 1) / batchSize];
            for (int window = 0; window < rows.Length; window += windowSize)
            {
                int size = Math.Min(windowSize, rows.Length - window);
                SortByHistory(rows.AsSpan(window, size), lengths.AsSpan(0, size));
                int batches = (size + batchSize - 1) / batchSize;
                for (int i = 0; i < batches; i++)
                {
                    starts[i] = i * batchSize;
                }

                random.Shuffle(starts.AsSpan(0, batches));
                for (int i = 0; i < batches; i++)
                {
                    int end = window + starts[i] + Math.Min(batchSize, size - starts[i]);
                    for (int start = window + starts[i]; start < end;)
                    {
                        RankingBatch batch = Write(rows, start, end - start, epoch);
                        start += batch.Rankings;
                        yield return batch;
                    }
                }
            }
        }
    }

    private void SortByHistory(Span<int> rows, Span<int> lengths)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            lengths[i] = _writer.HistoryLength(rows[i]);
        }

        lengths.Sort(rows);
    }

    /// <summary>Writes the rankings from a start on, as many of them as fit.</summary>
    private RankingBatch Write(int[] rows, int start, int count, int epoch)
    {
        ReadOnlySpan<int> all = rows.AsSpan(start, count);
        return _writer.Write(all[..Fitting(all, _listLength, MaxPlaces)], _fixedNegatives ? FixedEpoch : epoch);
    }

    /// <summary>How many rankings, the first at least, take no more places for candidates than allowed, all lists being padded to the longest.</summary>
    internal static int Fitting(ReadOnlySpan<int> rows, Func<int, int> listLength, int maxPlaces)
    {
        int longest = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            longest = Math.Max(longest, listLength(rows[i]));
            if (i > 0 && (i + 1L) * longest > maxPlaces)
            {
                return i;
            }
        }

        return rows.Length;
    }

    private LabelCounts Counts(ReadOnlySpan<int> rows)
    {
        long candidates = 0;
        long[] positives = new long[_writer.TaskCount];
        foreach (int row in rows)
        {
            candidates += _writer.CandidateCount(row);
            _writer.CountPositives(row, positives);
        }

        return new(rows.Length, candidates, positives);
    }
}
