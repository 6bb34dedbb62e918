using DinOrleans.Contracts;

namespace DinOrleans.Grains.Models;

/// <summary>The versions that this silo could not load, and when it may try them again.</summary>
internal sealed class LoadFailures(TimeProvider time)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LoadFailure> _failures = [];

    /// <summary>The versions that cannot serve, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Refused => Reasons(mayPass: false);

    /// <summary>The versions that could not be read, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Failing => Reasons(mayPass: true);

    /// <summary>True if a version may be tried now.</summary>
    /// <param name="version">The version.</param>
    /// <param name="isActive">
    /// True if rankings need the version. Then even a refused version is tried again after a while, because its files may have been repaired and the
    /// silo cannot rank without it.
    /// </param>
    public bool IsDue(string version, bool isActive)
    {
        lock (_lock)
        {
            return !_failures.TryGetValue(version, out LoadFailure? failure)
                || ((failure.MayPass || isActive) && time.GetElapsedTime(failure.At) >= failure.Delay);
        }
    }

    /// <summary>Notes a failure. Each further failure of a version doubles the delay before the next try, up to a minute.</summary>
    public void Add(string version, Exception error)
    {
        lock (_lock)
        {
            TimeSpan delay = _failures.TryGetValue(version, out LoadFailure? before) ? before.Delay * 2 : FirstDelay;
            _failures[version] = new(PublicText.Describe(error), RefusalReason.MayPass(error), time.GetTimestamp(), delay < LongestDelay ? delay : LongestDelay);
        }
    }

    /// <summary>Forgets a version that was loaded.</summary>
    public void Remove(string version)
    {
        lock (_lock)
        {
            _failures.Remove(version);
        }
    }

    /// <summary>Forgets all versions but some, so that a version that is chosen again later is judged anew.</summary>
    public void KeepOnly(string?[] versions)
    {
        lock (_lock)
        {
            foreach (string gone in _failures.Keys.Where(v => !versions.Contains(v)).ToArray())
            {
                _failures.Remove(gone);
            }
        }
    }

    private Dictionary<string, string> Reasons(bool mayPass)
    {
        lock (_lock)
        {
            return _failures.Where(f => f.Value.MayPass == mayPass).ToDictionary(f => f.Key, f => f.Value.Reason);
        }
    }

    private sealed record LoadFailure(string Reason, bool MayPass, long At, TimeSpan Delay);
}
