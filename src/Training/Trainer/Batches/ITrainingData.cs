namespace DinOrleans.Training.Trainer.Batches;

/// <summary>Where batches come from. Read on the training thread.</summary>
public interface ITrainingData
{
    /// <summary>Batches of an epoch, for progress; 0 where unknown. There are more where very long lists make batches smaller.</summary>
    int StepsPerEpoch { get; }

    /// <summary>The batches of an epoch, in an order of its own.</summary>
    /// <param name="epoch">From 1.</param>
    IEnumerable<RankingBatch> Epoch(int epoch);

    /// <summary>The batches to validate with, the same each time; none where there is no validation.</summary>
    IEnumerable<RankingBatch> Validation();
}
