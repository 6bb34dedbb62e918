namespace DinOrleans.Storage;

/// <summary>Bounds a queue by the memory that its entries keep. It is safe for concurrent use.</summary>
/// <param name="limit">The bytes that entries may keep together, at least 1.</param>
public sealed class QueueBudget(long limit)
{
    private long _taken;

    /// <summary>The bytes that entries keep at this moment.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Takes room for an entry.</summary>
    /// <param name="bytes">The bytes that the entry keeps in memory, at least 0.</param>
    /// <returns>False where there is not enough room. Nothing is taken then.</returns>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= limit)
        {
            return true;
        }

        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    /// <summary>Gives the room of an entry back.</summary>
    /// <param name="bytes">The bytes that were taken.</param>
    public void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
