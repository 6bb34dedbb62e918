namespace DinOrleans.Grains.Scoring;

/// <summary>A request that waits for its batch; holds the model version it is for.</summary>
/// <param name="request">The request.</param>
/// <param name="lease">Its version; released when the request ends.</param>
/// <param name="deadline">The timestamp of the queue's clock after which its scores are of no use.</param>
/// <param name="cancellation">Fires when its caller has gone.</param>
internal sealed class PendingScore(ScoreRequest request, ModelLease lease, long deadline, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<ScoreResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScoreRequest Request { get; } = request;

    public LoadedModel Model => lease.Model;

    /// <summary>Whether the caller has gone.</summary>
    public bool IsAbandoned => cancellation.IsCancellationRequested;

    public int Pairs { get; } = request.CandidateCount * Math.Max(1, request.HistoryLength);

    public Task<ScoreResult> Result => _completion.Task;

    /// <summary>Whether nobody can use its scores any more.</summary>
    /// <param name="now">The timestamp now.</param>
    public bool IsWorthless(long now) => IsAbandoned || deadline <= now;

    public void Complete(ScoreResult result)
    {
        lease.Dispose();
        _completion.TrySetResult(result);
    }

    public void Fail(Exception error)
    {
        lease.Dispose();
        _completion.TrySetException(error);
    }

    public void Abandon()
    {
        lease.Dispose();
        _completion.TrySetCanceled(cancellation);
    }
}
