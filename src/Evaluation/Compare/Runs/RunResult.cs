using DinOrleans.Evaluation.Compare.Measures;
using DinOrleans.Training.Trainer;

namespace DinOrleans.Evaluation.Compare.Runs;

/// <summary>What one run came to; kept as a file of its own as soon as it is done.</summary>
public sealed record RunResult
{
    /// <summary>As in <see cref="ComparedModel.Name"/>.</summary>
    public required string Name { get; init; }

    public required int Seed { get; init; }

    /// <summary>Of data, test, options and seed.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>In words, what was learned from, validated on and held out.</summary>
    public required string Data { get; init; }

    public required IReadOnlyList<EpochMeasures> Epochs { get; init; }

    /// <summary>The epoch whose weights were tested: the best by validation, or the last without validation.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Validation after each epoch included.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>Candidates trained on a second, mean over epochs.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Largest working set of the process, in 2^20 bytes, sampled a few times a second.</summary>
    public required double PeakMemoryMiB { get; init; }

    /// <summary>One a task and kind of test.</summary>
    public required IReadOnlyList<TestMeasures> Tests { get; init; }

    /// <summary>The same on the rankings that validate, to choose options by; empty without any.</summary>
    public required IReadOnlyList<TestMeasures> Validation { get; init; }

    /// <summary>Empty for a model without attention.</summary>
    public required IReadOnlyList<AttentionExample> Attention { get; init; }
}

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean training loss.</param>
/// <param name="Auc">On validation; NaN where there is none.</param>
/// <param name="Gauc">On validation.</param>
/// <param name="LogLoss">On validation.</param>
public sealed record EpochMeasures(int Epoch, double Loss, double Auc, double Gauc, double LogLoss)
{
    public static EpochMeasures Create(EpochResult epoch) => new(
        epoch.Epoch,
        epoch.Loss,
        epoch.Validation?.Auc ?? double.NaN,
        epoch.Validation?.Gauc ?? double.NaN,
        epoch.Validation?.LogLoss ?? double.NaN);
}
