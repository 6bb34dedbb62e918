using DinOrleans.Datasets;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Negatives;
using DinOrleans.Training.Samples.Rankings;

namespace DinOrleans.Training.Samples.Splits;

/// <summary>Makes batches of rows of the sample table, and draws the negatives of rows that need them.</summary>
internal sealed class SampleWriter
{
    private readonly TrainingLog _log;
    private readonly SampleTable _samples;
    private readonly BehaviourSequences _sequences;
    private readonly NegativeSampler _negatives;
    private readonly SampleOptions _options;
    private readonly int[] _numbers;

    /// <param name="log">The log.</param>
    /// <param name="samples">The rankings of the log.</param>
    /// <param name="sequences">The users' behaviours.</param>
    /// <param name="negatives">Draws negatives.</param>
    /// <param name="options">The options that say how many negatives are drawn, and with which seed.</param>
    /// <param name="numbers">[rows] The number of each row, which decides its negatives together with seed and epoch.</param>
    public SampleWriter(
        TrainingLog log, SampleTable samples, BehaviourSequences sequences, NegativeSampler negatives, SampleOptions options, int[] numbers)
    {
        _log = log;
        _samples = samples;
        _sequences = sequences;
        _negatives = negatives;
        _options = options;
        _numbers = numbers;
    }

    /// <summary>K, the number of tasks.</summary>
    public int TaskCount => _log.Schema.Tasks.Count;

    /// <summary>True if a row's candidates are what was shown, false if they are a positive with drawn negatives.</summary>
    public bool IsShown(int row) => _samples.IsShown(row);

    /// <summary>The index of a row's user.</summary>
    public int User(int row) => _samples.User(row);

    /// <summary>The number of a row's behaviours in all sequences.</summary>
    public int HistoryLength(int row)
    {
        int length = History(row).Length;
        for (int s = 0; s < _sequences.OtherCount; s++)
        {
            length += Other(s, row).Length;
        }

        return length;
    }

    /// <summary>The number of a row's candidates, with the negatives to be drawn.</summary>
    public int CandidateCount(int row) =>
        _samples.CandidateCount(row) + (_samples.DrawsNegatives(row) ? _options.UniformNegatives + _options.PopularNegatives : 0);

    /// <summary>Adds the number of a row's positives of each task.</summary>
    /// <param name="row">A row of the sample table.</param>
    /// <param name="positives">[K] The sums to add to.</param>
    public void CountPositives(int row, Span<long> positives)
    {
        for (int candidate = _samples.CandidateStart(row); candidate < _samples.CandidateStart(row + 1); candidate++)
        {
            for (int task = 0; task < positives.Length; task++)
            {
                positives[task] += (_samples.Label(candidate) >> task) & 1;
            }
        }
    }

    /// <summary>Makes a batch of rows.</summary>
    /// <param name="rows">Rows of the sample table, at least one, which all draw negatives or all do not.</param>
    /// <param name="epoch">Decides, with the seed, which negatives are drawn.</param>
    public RankingBatch Write(ReadOnlySpan<int> rows, int epoch)
    {
        int historyLength = 1;
        int candidateCount = 0;
        foreach (int row in rows)
        {
            historyLength = Math.Max(historyLength, HistoryLength(row));
            candidateCount = Math.Max(candidateCount, CandidateCount(row));
        }

        var batch = new RankingBatch
        {
            Rankings = rows.Length,
            HistoryLength = historyLength,
            CandidateCount = candidateCount,
            Behaviours = Filled(rows.Length * historyLength, -1),
            Lengths = new int[rows.Length],
            SequenceLengths = new int[rows.Length * _sequences.OtherCount],
            Candidates = Filled(rows.Length * candidateCount, -1),
            Positions = Filled(rows.Length * candidateCount, -1),
            Labels = new float[rows.Length * candidateCount * TaskCount],
            Users = new int[rows.Length],
            Contexts = new int[rows.Length],
            IsSampled = _samples.DrawsNegatives(rows[0]),
        };
        for (int r = 0; r < rows.Length; r++)
        {
            Write(batch, r, rows[r], epoch);
        }

        return batch;
    }

    private static int[] Filled(int length, int value)
    {
        int[] filled = new int[length];
        Array.Fill(filled, value);
        return filled;
    }

    private void Write(RankingBatch batch, int r, int row, int epoch)
    {
        ReadOnlySpan<int> history = History(row);
        Span<int> behaviours = batch.Behaviours.AsSpan(r * batch.HistoryLength, batch.HistoryLength);
        history.CopyTo(behaviours);
        batch.Lengths[r] = history.Length;
        for (int s = 0; s < _sequences.OtherCount; s++)
        {
            ReadOnlySpan<int> other = Other(s, row);
            other.CopyTo(behaviours[batch.Lengths[r]..]);
            batch.Lengths[r] += other.Length;
            batch.SequenceLengths[(r * _sequences.OtherCount) + s] = other.Length;
        }

        batch.Users[r] = _samples.User(row);
        batch.Contexts[r] = _samples.Event(row);

        Span<int> candidates = batch.Candidates.AsSpan(r * batch.CandidateCount, batch.CandidateCount);
        Span<int> positions = batch.Positions!.AsSpan(r * batch.CandidateCount, batch.CandidateCount);
        int stored = _samples.CandidateCount(row);
        for (int n = 0; n < stored; n++)
        {
            int candidate = _samples.CandidateStart(row) + n;
            candidates[n] = _samples.Item(candidate);
            positions[n] = _samples.IsShown(row) ? n : -1;
            int label = ((r * batch.CandidateCount) + n) * TaskCount;
            for (int task = 0; task < TaskCount; task++)
            {
                batch.Labels[label + task] = (_samples.Label(candidate) >> task) & 1;
            }
        }

        if (_samples.DrawsNegatives(row))
        {
            DrawNegatives(candidates, stored, row, epoch);
        }
    }

    private void DrawNegatives(Span<int> candidates, int count, int row, int epoch)
    {
        var random = new SeededRandom(_options.Seed, epoch, _numbers[row]);
        int draws = _options.UniformNegatives + _options.PopularNegatives;
        for (int i = 0; i < draws; i++)
        {
            int item = _negatives.Draw(ref random, _samples.User(row), popular: i >= _options.UniformNegatives, candidates[..count]);
            if (item < 0)
            {
                return;
            }

            candidates[count++] = item;
        }
    }

    private ReadOnlySpan<int> Other(int sequence, int row) =>
        _sequences.OtherBefore(sequence, _samples.User(row), _samples.Event(row));

    private ReadOnlySpan<int> History(int row) =>
        _sequences.History(_samples.User(row), _samples.HistoryEnd(row));
}
