using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer.Batches;

namespace DinOrleans.Training.Versions;

/// <summary>Feeds a trainer from the samples of a log.</summary>
public sealed class SampleData(SampleSet samples, int batchSize) : ITrainingData
{
    private readonly float[] _shares = Shares(samples.Positives);
    private readonly float[]? _shift = LabelLevel.Of(samples).ShiftOfSampled;

    /// <inheritdoc/>
    public int StepsPerEpoch => samples.Training.Steps(batchSize);

    /// <inheritdoc/>
    public IEnumerable<RankingBatch> Epoch(int epoch) => samples.Training.Batches(batchSize, epoch, shuffle: true)
        .Select(b => Batch(b) with { PositiveShares = _shares, LogitShift = b.IsSampled ? _shift : null });

    /// <inheritdoc/>
    public IEnumerable<RankingBatch> Validation() => samples.Validation.Batches(batchSize, epoch: 0, shuffle: false).Select(Batch);

    /// <summary>A batch of its own: sample batches reuse their buffers, which may be longer than what they hold.</summary>
    public static RankingBatch Batch(SampleBatch batch) => new()
    {
        Rankings = batch.Rankings,
        HistoryLength = batch.HistoryLength,
        CandidateCount = batch.CandidateCount,
        Behaviours = batch.Behaviours[..(batch.Rankings * batch.HistoryLength)],
        Lengths = batch.Lengths[..batch.Rankings],
        SequenceLengths = batch.SequenceLengths[..(batch.Rankings * batch.SequenceCount)],
        Candidates = batch.Candidates[..(batch.Rankings * batch.CandidateCount)],
        Positions = batch.Positions[..(batch.Rankings * batch.CandidateCount)],
        Labels = batch.Labels[..(batch.Rankings * batch.CandidateCount * batch.TaskCount)],
        Users = batch.Users[..batch.Rankings],
        Contexts = batch.Contexts[..batch.Rankings],
    };

    private static float[] Shares(IReadOnlyList<long> positives)
    {
        double all = Math.Max(1, positives.Sum());
        return [.. positives.Select(count => (float)(count / all))];
    }
}
