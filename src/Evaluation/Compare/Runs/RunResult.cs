using DinOrleans.Evaluation.Compare.Measures;
using DinOrleans.Training.Trainer;

namespace DinOrleans.Evaluation.Compare.Runs;

/// <summary>The result of a run, which is kept as a file as soon as the run is done.</summary>
public sealed record RunResult
{
    /// <summary>The name of the model or variant, as in <see cref="ComparedModel.Name"/>.</summary>
    public required string Name { get; init; }

    public required int Seed { get; init; }

    /// <summary>A text that is equal only for runs of the same data, test, options and seed.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Says in words what was learned from, validated on and held out.</summary>
    public required string Data { get; init; }

    public required IReadOnlyList<EpochMeasures> Epochs { get; init; }

    /// <summary>The epoch whose weights were tested: the best by validation, or the last without validation.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The seconds of training, with the validation after each epoch.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>The number of candidates trained on per second, as a mean over the epochs.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>The largest working set of the process in units of 2^20 bytes, sampled a few times per second.</summary>
    public required double PeakMemoryMiB { get; init; }

    /// <summary>The measures per task and kind of test.</summary>
    public required IReadOnlyList<TestMeasures> Tests { get; init; }

    /// <summary>The same measures on the validation rankings, to choose options by. Empty without validation.</summary>
    public required IReadOnlyList<TestMeasures> Validation { get; init; }

    /// <summary>Examples of attention weights. Empty for a model without attention.</summary>
    public required IReadOnlyList<AttentionExample> Attention { get; init; }
}

/// <summary>The result of an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The mean training loss.</param>
/// <param name="Auc">The AUC on validation, or NaN without validation.</param>
/// <param name="Gauc">The GAUC on validation, or NaN without validation.</param>
/// <param name="LogLoss">The log loss on validation, or NaN without validation.</param>
public sealed record EpochMeasures(int Epoch, double Loss, double Auc, double Gauc, double LogLoss)
{
    public static EpochMeasures Create(EpochResult epoch) => new(
        epoch.Epoch,
        epoch.Loss,
        epoch.Validation?.Auc ?? double.NaN,
        epoch.Validation?.Gauc ?? double.NaN,
        epoch.Validation?.LogLoss ?? double.NaN);
}
