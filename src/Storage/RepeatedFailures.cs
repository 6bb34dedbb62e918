namespace DinOrleans.Storage;

/// <summary>
/// Decides which failures of one kind are logged: the first, and then one per minute with the number of those since. What is tried again
/// several times per second would otherwise fill a disk with one outage. Safe for concurrent use.
/// </summary>
public sealed class RepeatedFailures(TimeProvider time)
{
    /// <summary>Between two failures that are logged.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _lastLogged;
    private int _unlogged;
    private int _failures;

    /// <summary>Counts a failure.</summary>
    /// <param name="unlogged">How many were not logged since the last one that was.</param>
    /// <returns>True where this one is to be logged.</returns>
    public bool ShouldLog(out int unlogged)
    {
        lock (_lock)
        {
            _failures++;
            unlogged = _unlogged;
            if (_lastLogged is { } last && time.GetElapsedTime(last) < Quiet)
            {
                _unlogged++;
                return false;
            }

            _lastLogged = time.GetTimestamp();
            _unlogged = 0;
            return true;
        }
    }

    /// <summary>Notes that it works again: the next failure is logged as a first one.</summary>
    /// <param name="failures">How many failures there were.</param>
    /// <returns>True where there were any.</returns>
    public bool HaveEnded(out int failures)
    {
        lock (_lock)
        {
            failures = _failures;
            _failures = 0;
            _unlogged = 0;
            _lastLogged = null;
            return failures > 0;
        }
    }
}
