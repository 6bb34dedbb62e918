namespace DinOrleans.Storage;

/// <summary>Bounds a queue by the memory that what waits in it keeps. Safe for concurrent use.</summary>
/// <param name="limit">Bytes that may wait, at least 1.</param>
public sealed class QueueBudget(long limit)
{
    private long _taken;

    /// <summary>Bytes that wait now.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Takes room for something that is to wait.</summary>
    /// <param name="bytes">What it keeps in memory, at least 0.</param>
    /// <returns>False where there is not enough room; nothing is taken then.</returns>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= limit)
        {
            return true;
        }

        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    /// <summary>Gives room back.</summary>
    /// <param name="bytes">As much as was taken.</param>
    public void Return(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
