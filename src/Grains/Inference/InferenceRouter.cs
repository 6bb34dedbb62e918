using DinOrleans.Contracts;
using DinOrleans.Grains.Scoring;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Inference;

/// <summary>
/// Takes a request to where it is scored. That is this silo's own batcher where it has an accelerator, since a message to the same silo costs more
/// than the work it carries. Otherwise it is a silo that has one, through <see cref="IInferenceGrain"/>.
/// </summary>
public sealed class InferenceRouter(ScoreBatcher batcher, IGrainFactory grains, IOptions<ScoringOptions> options, TimeProvider time)
{
    /// <summary>How many keys spread callers over the silos with an accelerator: a caller's directory cache stays with one silo per key.</summary>
    private const int Keys = 16;

    // One reference per key, because Orleans works out by reflection what an interface is called, with every grain that is asked for.
    private readonly IInferenceGrain?[] _elsewhere = new IInferenceGrain?[Keys];

    private readonly bool _isHere = options.Value.Accelerator != Accelerator.None;
    private readonly TimeSpan _defaultDeadline = options.Value.DefaultDeadline;

    /// <summary>Scores a request in the next batch.</summary>
    /// <param name="request">The request. Its blocks are read until the task succeeds, or as <see cref="HasLetGo"/> says.</param>
    /// <param name="lease">
    /// The caller's lease on the request's version, which the caller keeps until the task ends. Another silo that scores takes a lease of its own.
    /// </param>
    /// <param name="userKey">A hash of the user id, which selects one of the silos that could score.</param>
    /// <param name="cancellationToken">Abandons the request while it waits.</param>
    /// <exception cref="OverloadedException">The queue is full.</exception>
    /// <exception cref="DeadlineExceededException">The deadline passed while the request waited, or before the other silo answered.</exception>
    /// <exception cref="ModelVersionNotLoadedException">The other silo does not hold the version.</exception>
    internal Task<ScoreResult> ScoreAsync(ScoreRequest request, ModelLease lease, long userKey, CancellationToken cancellationToken) =>
        _isHere ? batcher.ScoreAsync(request, lease, cancellationToken) : ScoreElsewhereAsync(request, userKey, cancellationToken);

    /// <summary>
    /// True if nothing reads the blocks of a request any more after it failed in this way. The batcher of this silo never reads a request that it has
    /// failed. A call to another silo may fail while its message is still being written, unless that silo itself refused the request.
    /// </summary>
    /// <param name="failure">The exception that <see cref="ScoreAsync"/> ended with.</param>
    internal bool HasLetGo(Exception failure) => _isHere || failure is OverloadedException or ModelVersionNotLoadedException;

    /// <summary>Asks another silo. That silo keeps the deadline, but so does this one, because the other one may be frozen.</summary>
    private async Task<ScoreResult> ScoreElsewhereAsync(ScoreRequest request, long userKey, CancellationToken cancellationToken)
    {
        using var expired = new CancellationTokenSource(request.TimeLeft ?? _defaultDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expired.Token);
        try
        {
            IInferenceGrain elsewhere = _elsewhere[userKey % Keys] ??= grains.GetGrain<IInferenceGrain>(userKey % Keys);
            return await elsewhere.ScoreAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (expired.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new DeadlineExceededException("The deadline passed before the ranking was scored.");
        }
    }
}
