using DinOrleans.Datasets;
namespace DinOrleans.Training.Samples;

/// <summary>Which rankings are trained, validated and tested on: rows of the sample table, each part in order of time.</summary>
/// <remarks>
/// Where a log has impressions, only rankings that were shown are validated and tested on: sampled positives, all from before the first
/// impression, are trained on. Otherwise a log that began with bare clicks would be tested on those, or all that was shown would fall into the test.
/// </remarks>
/// <param name="Training">Sampled positives, then what was shown.</param>
/// <param name="Validation">What is validated on.</param>
/// <param name="Test">What is tested on.</param>
internal sealed record SplitRows(int[] Training, int[] Validation, int[] Test)
{
    /// <summary>All rows, in order of time.</summary>
    public IEnumerable<int> All => [.. Training, .. Validation, .. Test];

    /// <param name="log">The log.</param>
    /// <param name="samples">Its rankings.</param>
    /// <param name="heldFrom">[users] index of the event from which on a user's rankings are in no part.</param>
    /// <param name="options">How large the parts are.</param>
    /// <param name="seed">Of the draw of users to validate on.</param>
    public static SplitRows Of(TrainingLog log, SampleTable samples, int[] heldFrom, SampleOptions options, int seed)
    {
        int[] rows = [.. Enumerable.Range(0, samples.Count).Where(row => samples.Event(row) < heldFrom[samples.User(row)])];

        // Ties are settled by what does not depend on held-out events, as the indexes of users do. A user's rows were added in order of time.
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

    /// <summary>The last rows of users who are drawn at random.</summary>
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
