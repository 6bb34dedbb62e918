using DinOrleans.Contracts;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Scoring;
using Orleans.Concurrency;

namespace DinOrleans.Grains.Inference;

/// <summary>
/// The door to a silo's <see cref="ScoreBatcher"/>. One reentrant activation a silo and key: several would each see a part of
/// the load, and batches would fragment.
/// </summary>
[StatelessWorker(1, false), Reentrant, RequiresAccelerator]
public sealed class InferenceGrain(ScoreBatcher batcher, ModelHost models) : Grain, IInferenceGrain
{
    /// <inheritdoc/>
    public Task<ScoreResult> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken)
    {
        ModelLease lease = models.Lease(request.ModelVersion)
            ?? throw new ModelVersionNotLoadedException($"Version {request.ModelVersion} is not loaded on this silo.");
        return batcher.ScoreAsync(request, lease, cancellationToken);
    }
}
