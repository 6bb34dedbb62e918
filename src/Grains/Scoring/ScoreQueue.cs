using System.Diagnostics.CodeAnalysis;

namespace DinOrleans.Grains.Scoring;

/// <summary>
/// A bounded queue of requests in the order of arrival, with background requests after all others. Only workers block on it. Requests whose scores
/// nobody can use any more take no room: they leave when a worker takes others, and before a new request is refused.
/// </summary>
/// <param name="limit">The most requests that may wait.</param>
/// <param name="time">The clock of the requests' deadlines.</param>
/// <param name="drop">Ends a request whose scores nobody can use any more. It is called without the lock.</param>
internal sealed class ScoreQueue(int limit, TimeProvider time, Action<PendingScore> drop) : IDisposable
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

    /// <summary>Adds a request. Background requests may take half of the room, so that bulk scoring does not get other requests refused.</summary>
    /// <returns>False if the queue is full or closed.</returns>
    public bool TryAdd(PendingScore pending)
    {
        List<PendingScore>? worthless = null;
        bool added;
        lock (_lock)
        {
            if (!HasRoom(pending))
            {
                worthless = RemoveWorthless();
            }

            added = !_closed && HasRoom(pending);
            if (added)
            {
                (pending.Request.Background ? _background : _interactive).AddLast(pending);
            }
        }

        worthless?.ForEach(drop);
        if (added)
        {
            _arrived.Release();
        }

        return added;
    }

    /// <summary>Waits for the oldest request, then adds others that fit one batch with it.</summary>
    /// <returns>False once the queue is closed and empty.</returns>
    public bool TryTake(BatchRules rules, List<PendingScore> batch)
    {
        batch.Clear();
        _arrived.Wait();
        List<PendingScore>? worthless;
        bool ended = false;
        lock (_lock)
        {
            worthless = RemoveWorthless();
            LinkedList<PendingScore> waiting = _interactive.Count > 0 ? _interactive : _background;
            if (waiting.First is { } oldest)
            {
                Take(waiting, oldest, rules, batch);
            }
            else
            {
                // Either the queue was closed, or the request left with an earlier batch or became worthless, and its permit is spent here.
                ended = _closed;
            }
        }

        worthless?.ForEach(drop);
        if (ended)
        {
            _arrived.Release();
        }

        return !ended;
    }

    /// <summary>Takes no more requests. Those that wait are still served.</summary>
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

    private static void Take(LinkedList<PendingScore> waiting, LinkedListNode<PendingScore> oldest, BatchRules rules, List<PendingScore> batch)
    {
        batch.Add(oldest.Value);
        waiting.Remove(oldest);
        var shape = BatchShape.Start(oldest.Value);
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

    private bool HasRoom(PendingScore pending) =>
        Waiting < limit && (!pending.Request.Background || _background.Count < (limit + 1) / 2);

    private List<PendingScore>? RemoveWorthless()
    {
        List<PendingScore>? worthless = null;
        long now = time.GetTimestamp();
        Remove(_interactive);
        Remove(_background);
        return worthless;

        void Remove(LinkedList<PendingScore> waiting)
        {
            for (LinkedListNode<PendingScore>? node = waiting.First; node is not null;)
            {
                LinkedListNode<PendingScore>? next = node.Next;
                if (node.Value.IsWorthless(now))
                {
                    (worthless ??= []).Add(node.Value);
                    waiting.Remove(node);
                }

                node = next;
            }
        }
    }
}
