namespace DinOrleans.Grains.Users;

/// <summary>
/// Keeps what a grain holds in memory equal to what a store has: reads it when it is first needed, and again after a change whose outcome the
/// grain does not know. For one grain, whose calls take turns on one thread.
/// </summary>
/// <param name="read">Reads all of it from the store and takes it over.</param>
internal sealed class StoreCopy(Func<Task> read)
{
    private int _changes;
    private int _seen = -1;
    private Task? _reading;

    /// <summary>True where memory has everything that the store is known to have.</summary>
    public bool IsCurrent => _seen == _changes;

    /// <summary>Notes that the store may have changed in a way that memory does not follow.</summary>
    public void Invalidate() => _changes++;

    /// <summary>
    /// Returns when memory has every change from before the call. Callers share reads, and each waits for two at most: the one under way, which
    /// may have begun before the change, and the next.
    /// </summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        int needed = _changes;
        while (_seen < needed)
        {
            if (_reading is null || _reading.IsCompleted)
            {
                _reading = ReadAsync();
            }

            await _reading.WaitAsync(cancellationToken);
        }
    }

    private async Task ReadAsync()
    {
        int changes = _changes;
        await read();
        _seen = changes;
    }
}
