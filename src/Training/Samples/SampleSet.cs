namespace DinOrleans.Training.Samples;

/// <summary>
/// What is learned from a log: rankings, each of a user at a moment, with the history strictly before it, and candidates with labels.
/// Where the log has impressions under a ranking id, they are the candidates. Positives from before the log's first impression
/// get sampled negatives; later ones that no impression explains are history only.
/// </summary>
/// <remarks>
/// Nothing of the rankings that are held out decides what is learned: training draws, counts and scales by its own rankings only, and knows a
/// user's positives up to the last of them.
/// </remarks>
public sealed class SampleSet
{
    /// <summary>Of its own, so that options and seeds are compared on the same users and negatives.</summary>
    private const int HeldOutSeed = 1;

    private SampleSet(SampleSplit training, SampleSplit validation, SampleSplit test, long[] positives, TrainingCounts counts, int heldOutUsers)
    {
        Training = training;
        Validation = validation;
        Test = test;
        Positives = positives;
        Counts = counts;
        HeldOutUsers = heldOutUsers;
    }

    /// <summary>The earlier rankings; sampled negatives are fresh each epoch.</summary>
    public SampleSplit Training { get; }

    /// <summary>
    /// The latest rankings before those to test with, of those that were shown where there are any; sampled negatives, one uniform and one by
    /// popularity, are always the same.
    /// </summary>
    public SampleSplit Validation { get; }

    /// <summary>[items] how often each is a positive of the training rankings.</summary>
    public IReadOnlyList<long> Positives { get; }

    /// <summary>The latest rankings of all, <see cref="SampleOptions.TestShare"/> of those that are validated and tested on; negatives as in validation.</summary>
    public SampleSplit Test { get; }

    /// <summary>How often the training rankings have each item, user and context.</summary>
    public TrainingCounts Counts { get; }

    /// <summary>Users whose last positive is held out.</summary>
    public int HeldOutUsers { get; }

    /// <summary>Makes the samples of a log.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">The log has nothing to learn from.</exception>
    public static SampleSet Build(TrainingLog log, SampleOptions options)
    {
        options.Validate();
        var roles = new EventRoles(log.Schema);
        var sequences = new BehaviourSequences(log, options);
        var samples = new SampleTable();
        int[] heldFrom = AddRankings(log, roles, sequences, samples, options);
        SplitRows rows = SplitRows.Of(log, samples, heldFrom, options, HeldOutSeed);
        if (rows.Training.Length == 0)
        {
            throw new InvalidDataException(
                "The log has nothing to learn from: it needs impressions with a ranking id, or users with a positive event after another behaviour.");
        }

        long[] positives = CountPositives(log, samples, rows.Training);
        var counts = TrainingCounts.Of(log, samples, sequences, rows.Training);
        var items = DrawnItems.OfTraining(log, counts);
        var userPositives = new UserPositives(log, roles);
        int[] numbers = Numbers(samples, rows);

        // The held-out draws are the same whatever training draws, so that what training draws can be chosen by them.
        SampleOptions heldOut = options with { UniformNegatives = 1, PopularNegatives = 1, Seed = HeldOutSeed };
        return new(
            Split(rows.Training, rows.Training, options, options.PopularityExponent, fixedNegatives: false),
            Split(rows.Validation, [.. rows.Training, .. rows.Validation], heldOut, exponent: 1, fixedNegatives: true),
            Split(rows.Test, [.. rows.All], heldOut, exponent: 1, fixedNegatives: true),
            positives,
            counts,
            heldFrom.Count(e => e < int.MaxValue));

        SampleSplit Split(int[] own, int[] known, SampleOptions draws, double exponent, bool fixedNegatives)
        {
            var negatives = new NegativeSampler(items, userPositives, KnownUntil(log, samples, known), Popularity(positives, exponent));
            return new(new SampleWriter(log, samples, sequences, negatives, draws, numbers), own, draws.Seed, fixedNegatives);
        }
    }

    /// <returns>[users] index of the event from which on a user's rankings are held out; past every event where none are.</returns>
    private static int[] AddRankings(
        TrainingLog log, EventRoles roles, BehaviourSequences sequences, SampleTable samples, SampleOptions options)
    {
        long window = (long)options.AttributionWindow.TotalMilliseconds;
        var sampled = new SampledPositives(log, roles, sequences, samples, window, FirstImpression(log.Events, roles));
        var impressions = new ImpressionRankings(log.Events, roles, sequences, samples, window);
        int[] heldFrom = new int[log.UserIds.Count];
        Array.Fill(heldFrom, int.MaxValue);
        HashSet<int> rowsOfLast = [];
        for (int user = 0; user < log.UserIds.Count; user++)
        {
            rowsOfLast.Clear();
            int lastPositive = LastPositive(log.Events, roles, sequences, user);
            if (lastPositive >= 0)
            {
                rowsOfLast.Add(sampled.Add(user, lastPositive));
            }

            impressions.Add(user, lastPositive, rowsOfLast);
            if (options.HoldOut == HoldOut.LastItem && lastPositive >= 0)
            {
                // With the ranking of the last positive goes all that comes after it: its history would have that positive.
                heldFrom[user] = rowsOfLast.Where(row => row >= 0).Select(samples.Event).Append(lastPositive).Min();
            }
        }

        return heldFrom;
    }

    /// <summary>The user's last positive event that is no dropped repeat; −1 where there is none.</summary>
    internal static int LastPositive(EventTable events, EventRoles roles, BehaviourSequences sequences, int user)
    {
        int e = events.UserStart[user + 1] - 1;
        while (e >= events.UserStart[user] && (roles.Tasks(events.Type[e]) == 0 || sequences.IsDroppedRepeat(e)))
        {
            e--;
        }

        return e >= events.UserStart[user] ? e : -1;
    }

    private static long FirstImpression(EventTable events, EventRoles roles)
    {
        long first = long.MaxValue;
        for (int e = 0; e < events.Count; e++)
        {
            if (events.Ranking[e] >= 0 && roles.IsImpression(events.Type[e]))
            {
                first = Math.Min(first, events.Timestamp[e]);
            }
        }

        return first;
    }

    /// <summary>[rows] a number of each ranking that does not depend on what is held out: what is drawn for it depends on the number.</summary>
    private static int[] Numbers(SampleTable samples, SplitRows rows)
    {
        int[] numbers = new int[samples.Count];
        int next = 0;
        foreach (int row in rows.All)
        {
            numbers[row] = next++;
        }

        return numbers;
    }

    /// <summary>[users] the event after the last one that rankings of a user are made of.</summary>
    private static int[] KnownUntil(TrainingLog log, SampleTable samples, int[] rows)
    {
        int[] until = new int[log.UserIds.Count];
        foreach (int row in rows)
        {
            until[samples.User(row)] = Math.Max(until[samples.User(row)], samples.LastEvent(row) + 1);
        }

        return until;
    }

    private static double[] Popularity(long[] positives, double exponent) =>
        Array.ConvertAll(positives, count => count == 0 ? 0 : Math.Pow(count, exponent));

    private static long[] CountPositives(TrainingLog log, SampleTable samples, int[] training)
    {
        long[] counts = new long[log.ItemIds.Count];
        foreach (int row in training)
        {
            for (int candidate = samples.CandidateStart(row); candidate < samples.CandidateStart(row + 1); candidate++)
            {
                counts[samples.Item(candidate)] += samples.Label(candidate) != 0 ? 1 : 0;
            }
        }

        return counts;
    }
}
