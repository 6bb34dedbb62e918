using DinOrleans.Contracts;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Scoring;
using Orleans.Concurrency;

namespace DinOrleans.Grains.Inference;

/// <summary>
/// Hands requests of other silos to this silo's <see cref="ScoreBatcher"/>. There is one reentrant activation per silo and key, because several
/// would each see a part of the load, and batches would be smaller.
/// </summary>
[StatelessWorker(1, false), Reentrant, RequiresAccelerator]
public sealed class InferenceGrain(ScoreBatcher batcher, ModelHost models) : Grain, IInferenceGrain
{
    /// <inheritdoc/>
    public async Task<ScoreResult> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken)
    {
        using ModelLease lease = models.Lease(request.ModelVersion)
            ?? throw new ModelVersionNotLoadedException($"Version {request.ModelVersion} is not loaded on this silo.");
        return await batcher.ScoreAsync(request, lease, cancellationToken);
    }
}
