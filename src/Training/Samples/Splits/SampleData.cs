using DinOrleans.Training.Batches;

namespace DinOrleans.Training.Samples.Splits;

/// <summary>Feeds a trainer with the samples of a log.</summary>
/// <param name="samples">The samples.</param>
/// <param name="batchSize">Rankings per training step, at least 1.</param>
public sealed class SampleData(SampleSet samples, int batchSize) : ITrainingData
{
    private readonly float[] _shares = Shares(samples.Positives);
    private readonly float[]? _shift = LabelLevel.Measure(samples).ShiftOfSampled;

    /// <inheritdoc/>
    public int StepsPerEpoch => samples.Training.Steps(batchSize);

    /// <inheritdoc/>
    public IEnumerable<RankingBatch> Epoch(int epoch) => samples.Training.Batches(batchSize, epoch, shuffle: true)
        .Select(b => b with { PositiveShares = _shares, LogitShift = b.IsSampled ? _shift : null });

    /// <inheritdoc/>
    public IEnumerable<RankingBatch> Validation() => samples.Validation.Batches(batchSize, epoch: 0, shuffle: false);

    private static float[] Shares(IReadOnlyList<long> positives)
    {
        double all = Math.Max(1, positives.Sum());
        return [.. positives.Select(count => (float)(count / all))];
    }
}
