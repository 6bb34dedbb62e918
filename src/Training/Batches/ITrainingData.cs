namespace DinOrleans.Training.Batches;

/// <summary>A source of batches. It is read on the training thread.</summary>
public interface ITrainingData
{
    /// <summary>
    /// The number of batches of an epoch, for progress reports, or 0 if it is unknown. There are more where very long lists make batches smaller.
    /// </summary>
    int StepsPerEpoch { get; }

    /// <summary>The batches of an epoch. Each epoch has its own order.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    IEnumerable<RankingBatch> Epoch(int epoch);

    /// <summary>The batches to validate with, which are the same each time. Empty if there is no validation.</summary>
    IEnumerable<RankingBatch> Validation();
}
