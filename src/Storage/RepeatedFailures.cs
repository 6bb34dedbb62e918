namespace DinOrleans.Storage;

/// <summary>
/// Decides which failures of one kind are logged: the first one, and then one per minute with the number of failures since. An operation that is
/// tried several times per second would otherwise fill a disk during one outage. It is safe for concurrent use.
/// </summary>
public sealed class RepeatedFailures(TimeProvider time)
{
    /// <summary>The pause between two failures that are logged.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _lastLogged;
    private int _unlogged;
    private int _failures;

    /// <summary>Counts a failure.</summary>
    /// <param name="unlogged">The number of failures since the last one that was logged.</param>
    /// <returns>True where this failure should be logged.</returns>
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

    /// <summary>Notes a success. The next failure is logged as a first one.</summary>
    /// <param name="failures">The number of failures before the success.</param>
    /// <returns>True where there were failures.</returns>
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
