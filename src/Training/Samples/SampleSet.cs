namespace DinOrleans.Training.Samples;

/// <summary>
/// What is learned from a log: rankings, each of a user at a moment, with the history strictly before it, and candidates with labels.
/// Where the log has impressions under a ranking id, they are the candidates. Positives from before the log's first impression
/// get sampled negatives; later ones that no impression explains are history only.
/// </summary>
public sealed class SampleSet
{
    /// <summary>Of its own, so that options and seeds are compared on the same users and negatives.</summary>
    private const int HeldOutSeed = 1;

    private SampleSet(SampleSplit training, SampleSplit validation, SampleSplit test, long[] positives)
    {
        Training = training;
        Validation = validation;
        Test = test;
        Positives = positives;
    }

    /// <summary>The earlier rankings; sampled negatives are fresh each epoch.</summary>
    public SampleSplit Training { get; }

    /// <summary>The latest rankings before those to test with; sampled negatives, one uniform and one by popularity, are always the same.</summary>
    public SampleSplit Validation { get; }

    /// <summary>[items] how often each is a positive of the training rankings.</summary>
    public IReadOnlyList<long> Positives { get; }

    /// <summary>The latest rankings of all, <see cref="SampleOptions.TestShare"/> of them; negatives as in validation.</summary>
    public SampleSplit Test { get; }

    /// <summary>Makes the samples of a log.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">The log has nothing to learn from.</exception>
    public static SampleSet Build(TrainingLog log, SampleOptions options)
    {
        options.Validate();
        var roles = new EventRoles(log.Schema);
        var sequences = new BehaviourSequences(log, options);
        var samples = new SampleTable();
        HashSet<int> lastItems = AddRankings(log, roles, sequences, samples, options);
        int[] rows = InTimeOrder(log, samples, options.HoldOut == HoldOut.None ? [] : lastItems);
        int test = (int)(rows.Length * options.TestShare);
        (int[] training, int[] validation) = Split(rows[..^test], samples, options);
        if (training.Length == 0)
        {
            throw new InvalidDataException(
                "The log has nothing to learn from: it needs impressions with a ranking id, or users with a positive event after another behaviour.");
        }

        long[] positives = CountPositives(log, samples, training);
        var negatives = new NegativeSampler(log, roles, Popularity(positives, options.PopularityExponent));
        var writer = new SampleWriter(log, samples, sequences, negatives, options);

        // The same whatever training draws, so that what training draws can be chosen by it.
        SampleOptions heldOutOptions = options with { UniformNegatives = 1, PopularNegatives = 1, Seed = HeldOutSeed };
        var heldOutWriter = new SampleWriter(
            log, samples, sequences, negatives.With(Popularity(positives, exponent: 1)), heldOutOptions);
        return new(
            new SampleSplit(writer, training, options.Seed, fixedNegatives: false),
            new SampleSplit(heldOutWriter, validation, HeldOutSeed, fixedNegatives: true),
            new SampleSplit(heldOutWriter, rows[^test..], HeldOutSeed, fixedNegatives: true),
            positives);
    }

    /// <returns>The rows that users' last positives are in.</returns>
    private static HashSet<int> AddRankings(
        TrainingLog log, EventRoles roles, BehaviourSequences sequences, SampleTable samples, SampleOptions options)
    {
        long window = (long)options.AttributionWindow.TotalMilliseconds;
        var sampled = new SampledPositives(log, roles, sequences, samples, window, FirstImpression(log.Events, roles));
        var impressions = new ImpressionRankings(log.Events, roles, sequences, samples, window);
        HashSet<int> rowsOfLast = [];
        for (int user = 0; user < log.UserIds.Count; user++)
        {
            int lastPositive = LastPositive(log.Events, roles, sequences, user);
            if (lastPositive >= 0)
            {
                rowsOfLast.Add(sampled.Add(user, lastPositive));
            }

            impressions.Add(user, lastPositive, rowsOfLast);
        }

        return rowsOfLast;
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

    private static int[] InTimeOrder(TrainingLog log, SampleTable samples, HashSet<int> without)
    {
        int[] rows = [.. Enumerable.Range(0, samples.Count).Where(row => !without.Contains(row))];

        // Rows were added user by user in order of time, so the row number settles ties without cutting a user's order.
        Array.Sort(rows, Comparer<int>.Create((a, b) =>
        {
            int byTime = log.Events.Timestamp[samples.Event(a)].CompareTo(log.Events.Timestamp[samples.Event(b)]);
            return byTime != 0 ? byTime : a.CompareTo(b);
        }));
        return rows;
    }

    /// <summary>Both parts stay in order of time.</summary>
    private static (int[] Training, int[] Validation) Split(int[] rows, SampleTable samples, SampleOptions options)
    {
        int count = (int)(rows.Length * options.ValidationShare);
        if (options.Validation == ValidationRows.Latest)
        {
            return (rows[..^count], rows[^count..]);
        }

        Dictionary<int, int> lastOfUser = [];
        foreach (int row in rows)
        {
            lastOfUser[samples.User(row)] = row;
        }

        int[] last = [.. lastOfUser.Values.Order()];
        new SeededRandom(HeldOutSeed).Shuffle(last);
        HashSet<int> validation = [.. last.Take(count)];
        return ([.. rows.Where(row => !validation.Contains(row))], [.. rows.Where(validation.Contains)]);
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
