using DinOrleans.Datasets;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Samples.Rankings;

namespace DinOrleans.Training.Samples.Splits;

/// <summary>Rankings to train, validate or test on, in the order of time unless they are shuffled.</summary>
/// <remarks>
/// Where some are sampled positives and others were shown, an epoch goes through the sampled positives first, and no batch has both. What was shown
/// is learned last.
/// </remarks>
public sealed class SampleSplit
{
    /// <summary>
    /// The number of batches whose rankings are sorted together by history length: enough to make padding rare, and few enough to keep the order random.
    /// </summary>
    private const int WindowBatches = 32;

    /// <summary>
    /// The largest number of places for candidates in a batch, with padding. It bounds the memory of a batch in which a few lists are very long. Each
    /// place takes 8 bytes and 4 more per task.
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

    /// <summary>The number of rankings.</summary>
    public int Count => _rows.Length;

    /// <summary>The number of candidates of all rankings, with the drawn negatives.</summary>
    public long CandidateCount => Sampled.Candidates + Shown.Candidates;

    /// <summary>The counts of rankings that are a positive with drawn negatives.</summary>
    public LabelCounts Sampled { get; }

    /// <summary>The counts of rankings that were shown.</summary>
    public LabelCounts Shown { get; }

    /// <summary>The number of positives of a task.</summary>
    public long Positives(int task) => Sampled.Positives[task] + Shown.Positives[task];

    /// <summary>The number of distinct users of the rankings.</summary>
    public int UserCount() => _rows.Select(_writer.User).Distinct().Count();

    /// <summary>The number of batches of an epoch. There are more where very long lists make batches smaller.</summary>
    /// <param name="batchSize">The number of rankings per batch.</param>
    public int Steps(int batchSize) => _parts.Sum(p => (p.End.Value - p.Start.Value + batchSize - 1) / batchSize);

    /// <summary>
    /// Makes the batches of an epoch, each when it is asked for. The same arguments give the same batches. A batch has arrays of its own,
    /// so it stays as it is while later ones are made.
    /// </summary>
    /// <param name="batchSize">
    /// The number of rankings per batch, at least 1. The last batch may have fewer, and so may a batch whose lists would take more than 16,777,216
    /// places.
    /// </param>
    /// <param name="epoch">The epoch, from 0. It decides the order and, in training, the negatives.</param>
    /// <param name="shuffle">
    /// True to shuffle by seed and epoch, and then to sort by history length within windows of 32 batches, so that padding stays small. The batches of a
    /// window come in random order. False to keep the order of time.
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

    /// <summary>Makes a batch of the rankings from a start on, of as many as fit.</summary>
    private RankingBatch Write(int[] rows, int start, int count, int epoch)
    {
        ReadOnlySpan<int> all = rows.AsSpan(start, count);
        return _writer.Write(all[..Fitting(all, _listLength, MaxPlaces)], _fixedNegatives ? FixedEpoch : epoch);
    }

    /// <summary>
    /// The number of rankings, at least one, whose lists take no more than the allowed places when all are padded to the longest.
    /// </summary>
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
