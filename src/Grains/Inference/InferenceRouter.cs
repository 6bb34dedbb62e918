using DinOrleans.Contracts;
using DinOrleans.Grains.Scoring;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Inference;

/// <summary>
/// Takes a request to where it is scored: this silo's own batcher where it has an accelerator, since a message to itself costs more than what
/// it carries; a silo that has one otherwise, through <see cref="IInferenceGrain"/>.
/// </summary>
public sealed class InferenceRouter(ScoreBatcher batcher, IGrainFactory grains, IOptions<ScoringOptions> options, TimeProvider time)
{
    /// <summary>Spreads callers without an accelerator over the silos that have one: a caller's directory sticks to one silo a key.</summary>
    private const int Keys = 16;

    private readonly bool _isHere = options.Value.Accelerator != Accelerator.None;
    private readonly TimeSpan _defaultDeadline = options.Value.DefaultDeadline;

    /// <summary>Scores in the next batch.</summary>
    /// <param name="request">The request; its blocks are read until the task ends well, or as <see cref="HasLetGo"/> says.</param>
    /// <param name="model">The request's version, leased by the caller.</param>
    /// <param name="userKey">Decides where to, of several silos that could.</param>
    /// <param name="cancellationToken">Abandons the request while it waits.</param>
    /// <exception cref="OverloadedException">The queue is full.</exception>
    /// <exception cref="DeadlineExceededException">The deadline passed while it was queued, or before the silo asked had answered.</exception>
    /// <exception cref="ModelVersionNotLoadedException">The silo asked does not hold the version.</exception>
    internal Task<ScoreResult> ScoreAsync(ScoreRequest request, LoadedModel model, long userKey, CancellationToken cancellationToken)
    {
        if (!_isHere)
        {
            return ScoreElsewhereAsync(request, userKey, cancellationToken);
        }

        ModelLease lease = model.TryLease() ?? throw new InvalidOperationException($"Version {model.Version} was released while it was leased.");
        return batcher.ScoreAsync(request, lease, cancellationToken);
    }

    /// <summary>
    /// Whether nothing reads the blocks of a request that failed so. The batcher of this silo has done with a request when it fails it. A call to
    /// another silo may fail while the message is still being written, unless it is that silo that refused it.
    /// </summary>
    internal bool HasLetGo(Exception failure) => _isHere || failure is OverloadedException or ModelVersionNotLoadedException;

    /// <summary>The silo asked keeps the deadline itself, but one that is frozen cannot.</summary>
    private async Task<ScoreResult> ScoreElsewhereAsync(ScoreRequest request, long userKey, CancellationToken cancellationToken)
    {
        using var expired = new CancellationTokenSource(request.TimeLeft ?? _defaultDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expired.Token);
        try
        {
            return await grains.GetGrain<IInferenceGrain>(userKey % Keys).ScoreAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (expired.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new DeadlineExceededException("The deadline passed before the ranking was scored.");
        }
    }
}
