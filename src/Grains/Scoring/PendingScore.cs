using DinOrleans.Grains.Telemetry;
using DinOrleans.Storage;

namespace DinOrleans.Grains.Scoring;

/// <summary>A request that waits for its batch.</summary>
/// <param name="request">The request.</param>
/// <param name="model">The version that scores it, which the caller has leased.</param>
/// <param name="deadline">The timestamp of the queue's clock after which its scores are of no use.</param>
/// <param name="cancellation">Is cancelled when the caller has gone.</param>
internal sealed class PendingScore(ScoreRequest request, LoadedModel model, long deadline, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<ScoreResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The span that waits for the batch.</summary>
    public WaitingCaller Caller { get; } = WaitingCaller.Of(GrainsActivities.Source);

    public ScoreRequest Request { get; } = request;

    public LoadedModel Model { get; } = model;

    /// <summary>True if the caller has gone.</summary>
    public bool IsAbandoned => cancellation.IsCancellationRequested;

    /// <summary>Candidates times behaviours, where an empty history counts as one behaviour.</summary>
    public int Pairs { get; } = request.CandidateCount * Math.Max(1, request.HistoryLength);

    /// <summary>Ends when the request was scored, failed or was abandoned. From then on nothing reads the request or its version.</summary>
    public Task<ScoreResult> Result => _completion.Task;

    /// <summary>True if nobody can use its scores any more.</summary>
    /// <param name="now">The current timestamp of the queue's clock.</param>
    public bool IsWorthless(long now) => IsAbandoned || deadline <= now;

    public void Complete(ScoreResult result) => _completion.TrySetResult(result);

    public void Fail(Exception error) => _completion.TrySetException(error);

    public void Abandon() => _completion.TrySetCanceled(cancellation);
}
