using System.Collections.Concurrent;

namespace DinOrleans.Training.Torch;

/// <summary>
/// Threads for parallel work, which stand back for others as the thread does that makes them. The thread pool would not: its threads serve rankings, and one
/// that it starts for a training would stand back for as long as the process runs.
/// </summary>
internal sealed class OwnThreads : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _queue = [];
    private readonly Thread[] _threads;

    /// <param name="count">How many threads do the work, at least 1. The one that asks for it is one of them.</param>
    public OwnThreads(int count)
    {
        MaximumConcurrencyLevel = count;
        _threads = [.. Enumerable.Range(1, count - 1).Select(_ => new Thread(Work) { IsBackground = true, Name = "training" })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel { get; }

    /// <summary>Ends the threads. No work may be under way.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        Array.ForEach(_threads, thread => thread.Join());
        _queue.Dispose();
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => _queue.Add(task);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => _queue;

    private void Work()
    {
        foreach (Task task in _queue.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
