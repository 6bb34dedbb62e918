using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage.Postgres;

/// <summary>An append that waits for its transaction.</summary>
internal sealed class PendingAppend(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<AppendResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The span that waits for the transaction.</summary>
    public WaitingCaller Caller { get; } = WaitingCaller.Of(StorageActivities.Source);

    public IReadOnlyList<BehaviourEvent> Events => events;

    /// <summary>The bytes of memory that the append keeps while it waits.</summary>
    public long Bytes { get; } = events.Sum(Footprint.Estimate);

    public Task<AppendResult> Task => _completion.Task;

    /// <summary>True where the caller has left. The caller's task is then cancelled.</summary>
    public bool IsCancelled => cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);

    /// <summary>Answers the caller: the transaction is on disk.</summary>
    /// <param name="outcomes">The outcome of each event.</param>
    public void Complete(ReadOnlySpan<AppendOutcome> outcomes) => _completion.TrySetResult(
        new(outcomes.Count(AppendOutcome.Applied), outcomes.Count(AppendOutcome.Duplicate), outcomes.Count(AppendOutcome.Erased)));

    /// <summary>Answers the caller: the transaction did not happen, as far as is known.</summary>
    public void Fail(Exception error) => _completion.TrySetException(error);
}
