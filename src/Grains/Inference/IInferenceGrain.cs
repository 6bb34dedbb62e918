using DinOrleans.Contracts;
using DinOrleans.Grains.Scoring;
using Orleans.CodeGeneration;

namespace DinOrleans.Grains.Inference;

/// <summary>Scores rankings of other silos on a silo that has an accelerator. The keys only spread the load.</summary>
[Alias("DinOrleans.IInferenceGrain"), Version(1)]
public interface IInferenceGrain : IGrainWithIntegerKey
{
    /// <summary>Scores a request in the next batch.</summary>
    /// <exception cref="OverloadedException">The queue is full.</exception>
    /// <exception cref="DeadlineExceededException">The deadline passed while the request waited.</exception>
    /// <exception cref="ModelVersionNotLoadedException">The silo does not hold the version. Ask again with the active version.</exception>
    [Alias("Score")]
    Task<ScoreResult> ScoreAsync([Immutable] ScoreRequest request, CancellationToken cancellationToken = default);
}
