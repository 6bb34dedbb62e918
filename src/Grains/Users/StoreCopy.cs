namespace DinOrleans.Grains.Users;

/// <summary>
/// Keeps what a grain has in memory equal to what a store has. It reads the store when the data are first needed, and again after a change whose
/// outcome the grain does not know. It is not thread-safe: one grain uses it, whose calls take turns on one thread.
/// </summary>
/// <param name="read">Reads all of the data from the store and takes them over.</param>
internal sealed class StoreCopy(Func<Task> read)
{
    private int _changes;
    private int _seen = -1;
    private Task? _reading;

    /// <summary>True if memory has everything that the store is known to have.</summary>
    public bool IsCurrent => _seen == _changes;

    /// <summary>Notes that the store may have changed in a way that memory does not show.</summary>
    public void Invalidate() => _changes++;

    /// <summary>
    /// Returns when memory has every change that was made before the call. Callers share reads. Each caller waits for two reads at most: the one under
    /// way, which may have begun before the change, and the next one.
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
