using System.Diagnostics.CodeAnalysis;

namespace DinOrleans.Grains.Scoring;

/// <summary>
/// Requests in order of arrival, those in the background after all others, bounded. Workers block on it; nobody else does.
/// </summary>
internal sealed class ScoreQueue(int limit) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<PendingScore> _interactive = [];
    private readonly LinkedList<PendingScore> _background = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return Waiting;
            }
        }
    }

    private int Waiting => _interactive.Count + _background.Count;

    /// <summary>Adds a request. The background may take half of the room: bulk scoring must not get others refused.</summary>
    /// <returns>False where the queue is full or closed.</returns>
    public bool TryAdd(PendingScore pending)
    {
        lock (_lock)
        {
            bool background = pending.Request.Background;
            if (_closed || Waiting >= limit || (background && _background.Count >= (limit + 1) / 2))
            {
                return false;
            }

            (background ? _background : _interactive).AddLast(pending);
        }

        _arrived.Release();
        return true;
    }

    /// <summary>Waits for the oldest request, then adds others that fit one batch with it.</summary>
    /// <returns>False once the queue is closed and empty.</returns>
    public bool TryTake(BatchRules rules, List<PendingScore> batch)
    {
        batch.Clear();
        _arrived.Wait();
        lock (_lock)
        {
            LinkedList<PendingScore> waiting = _interactive.Count > 0 ? _interactive : _background;
            if (waiting.First is not { } oldest)
            {
                // A close, or a request that an earlier batch took along: its permit is spent here.
                if (_closed)
                {
                    _arrived.Release();
                    return false;
                }

                return true;
            }

            batch.Add(oldest.Value);
            waiting.RemoveFirst();
            var shape = BatchShape.Of(oldest.Value);
            for (LinkedListNode<PendingScore>? node = waiting.First; node is not null;)
            {
                LinkedListNode<PendingScore>? next = node.Next;
                if (rules.Fits(shape, node.Value, out BatchShape grown))
                {
                    shape = grown;
                    batch.Add(node.Value);
                    waiting.Remove(node);
                }

                node = next;
            }
        }

        return true;
    }

    /// <summary>Takes no more; what waits is still served.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }

        _arrived.Release();
    }

    /// <inheritdoc/>
    public void Dispose() => _arrived.Dispose();

    public bool TryRemoveAny([NotNullWhen(true)] out PendingScore? pending)
    {
        lock (_lock)
        {
            LinkedList<PendingScore> waiting = _interactive.Count > 0 ? _interactive : _background;
            pending = waiting.First?.Value;
            if (pending is not null)
            {
                waiting.RemoveFirst();
            }

            return pending is not null;
        }
    }
}
