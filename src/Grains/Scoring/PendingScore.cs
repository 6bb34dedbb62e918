using DinOrleans.Contracts.Inference;
using DinOrleans.Grains.Models;

namespace DinOrleans.Grains.Scoring;

/// <summary>A request that waits for its batch; holds the model version it is for.</summary>
internal sealed class PendingScore(ScoreRequest request, ModelLease lease, DateTimeOffset deadline, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<ScoreResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScoreRequest Request { get; } = request;

    public LoadedModel Model => lease.Model;

    public DateTimeOffset Deadline { get; } = deadline;

    public bool IsAbandoned => cancellation.IsCancellationRequested;

    public CancellationToken Cancellation => cancellation;

    public int Pairs { get; } = request.CandidateCount * Math.Max(1, request.HistoryLength);

    public Task<ScoreResult> Result => _completion.Task;

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
