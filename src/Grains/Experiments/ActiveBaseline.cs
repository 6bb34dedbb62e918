using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Grains.Experiments;

/// <summary>
/// What the active version expected and what happened, hour by hour, of a share of the users who are in no experiment. It is kept in memory only: a
/// restart begins anew, and until there is enough again nothing is said.
/// </summary>
internal sealed class ActiveBaseline
{
    /// <summary>What the salt of the counts begins with; the version follows. No experiment has such a salt.</summary>
    public const string SaltPrefix = "active:";

    /// <summary>Hours that are kept: what a version did when it was new is compared with what it does a month later at most.</summary>
    private const int Most = 31 * 24;

    private readonly SortedDictionary<int, Sums> _hours = [];

    /// <summary>The version that the hours are of; null before any.</summary>
    public string? Version { get; private set; }

    /// <summary>Adds what a silo counted. Another version begins anew.</summary>
    /// <param name="counted">The counts, whose salt has the version and whose stage is the hour.</param>
    /// <param name="task">The name of the first task.</param>
    public void Add(CountedArm counted, string task)
    {
        string version = counted.Salt[SaltPrefix.Length..];
        if (version != Version)
        {
            Version = version;
            _hours.Clear();
        }

        if (!counted.Counts.Tasks.TryGetValue(task, out TaskCounts? counts))
        {
            return;
        }

        Sums sums = _hours.GetValueOrDefault(counted.Stage);
        _hours[counted.Stage] = new(
            sums.Scored + counts.Scored.Sum(),
            sums.LogLoss + counts.LogLoss.Sum(),
            sums.Shown + counted.Counts.Shown.Sum(),
            sums.Positives + counts.Positives.Sum(),
            sums.Expected + counts.Expected);
        if (_hours.Count > Most)
        {
            // The first hours stay, since they are what is compared with.
            _hours.Remove(_hours.Keys.ElementAt(_hours.Count / 2));
        }
    }

    /// <summary>The quality of the version.</summary>
    /// <param name="leastItems">How many items each of the two parts has at least.</param>
    public ActiveQuality? Quality(long leastItems)
    {
        if (Version is null)
        {
            return null;
        }

        int[] hours = [.. _hours.Keys];
        (double? first, int until) = Mean(hours, leastItems);
        (double? latest, _) = Mean([.. hours.Skip(until).Reverse()], leastItems);
        return new(Version, first, latest);
    }

    /// <summary>What was shown and what followed, hour by hour, oldest first.</summary>
    public IReadOnlyList<ClickHour> Clicks() =>
        [.. _hours.Select(h => new ClickHour(DateTimeOffset.FromUnixTimeSeconds(h.Key * 3600L), h.Value.Shown, h.Value.Positives, h.Value.Scored, h.Value.Expected))];

    /// <summary>The mean over the first hours that have enough items, and how many hours those are.</summary>
    private (double? Mean, int Hours) Mean(int[] hours, long leastItems)
    {
        long scored = 0;
        double logLoss = 0;
        for (int i = 0; i < hours.Length; i++)
        {
            scored += _hours[hours[i]].Scored;
            logLoss += _hours[hours[i]].LogLoss;
            if (scored >= leastItems)
            {
                return (logLoss / scored, i + 1);
            }
        }

        return (null, hours.Length);
    }

    private readonly record struct Sums(long Scored, double LogLoss, long Shown, long Positives, double Expected);
}
