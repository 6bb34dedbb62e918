using DinOrleans.Datasets;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Rankings;

namespace DinOrleans.Training.Samples.Splits;

/// <summary>The rows of the training, validation and test rankings in the sample table, each part in the order of time.</summary>
/// <remarks>
/// Where a log has impressions, only rankings that were shown validate and test. Sampled positives, which are all from before the first impression,
/// are trained on. Otherwise a log that began with clicks alone would be tested on those, or everything that was shown would fall into the test.
/// </remarks>
/// <param name="Training">The training rankings: sampled positives, then what was shown.</param>
/// <param name="Validation">The validation rankings.</param>
/// <param name="Test">The test rankings.</param>
internal sealed record SplitRows(int[] Training, int[] Validation, int[] Test)
{
    /// <summary>All rows in the order of time.</summary>
    public IEnumerable<int> All => [.. Training, .. Validation, .. Test];

    /// <summary>Divides the rankings of a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="samples">The rankings of the log.</param>
    /// <param name="heldFrom">[users] The index of the event from which on a user's rankings are in no part.</param>
    /// <param name="options">The options that say how large the parts are.</param>
    /// <param name="seed">The seed for drawing the users whose last ranking validates.</param>
    public static SplitRows Divide(TrainingLog log, SampleTable samples, int[] heldFrom, SampleOptions options, int seed)
    {
        int[] rows = [.. Enumerable.Range(0, samples.Count).Where(row => samples.Event(row) < heldFrom[samples.User(row)])];

        // Rows of one moment are ordered by user id, because the indexes of users depend on held-out events. A user's rows were added in order of time.
        Array.Sort(rows, Comparer<int>.Create((a, b) =>
        {
            int order = log.Events.Timestamp[samples.Event(a)].CompareTo(log.Events.Timestamp[samples.Event(b)]);
            return order != 0 ? order
                : samples.User(a) == samples.User(b) ? a.CompareTo(b)
                : string.CompareOrdinal(log.UserIds[samples.User(a)], log.UserIds[samples.User(b)]);
        }));
        int sampled = rows.Count(row => !samples.IsShown(row));
        int[] tested = sampled < rows.Length ? rows[sampled..] : rows;
        int[] test = tested[^(int)(tested.Length * options.TestShare)..];
        int[] rest = rows[..^test.Length];
        int validated = (int)((tested.Length - test.Length) * options.ValidationShare);
        if (options.Validation == ValidationRows.Latest)
        {
            return new(rest[..^validated], rest[^validated..], test);
        }

        HashSet<int> last = LastOfUsers(tested.AsSpan(0, tested.Length - test.Length), samples, validated, seed);
        return new([.. rest.Where(row => !last.Contains(row))], [.. rest.Where(last.Contains)], test);
    }

    /// <summary>The last row of each of some users who are drawn at random.</summary>
    private static HashSet<int> LastOfUsers(ReadOnlySpan<int> rows, SampleTable samples, int count, int seed)
    {
        var users = new HashSet<int>();
        List<int> last = [];
        for (int i = rows.Length - 1; i >= 0; i--)
        {
            if (users.Add(samples.User(rows[i])))
            {
                last.Add(rows[i]);
            }
        }

        int[] drawn = [.. last];
        new SeededRandom(seed).Shuffle(drawn);
        return [.. drawn.Take(count)];
    }
}
