using DinOrleans.Model.Validation;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Negatives;
using DinOrleans.Training.Samples.Rankings;

namespace DinOrleans.Training.Samples.Splits;

/// <summary>
/// The samples of a log: rankings of a user at a moment, with the history strictly before it and candidates with labels. Where the log has
/// impressions under a ranking id, they are the candidates. Positives from before the log's first impression get sampled negatives. Later positives
/// without an impression are history only.
/// </summary>
/// <remarks>
/// Rankings that are held out have no influence on what is learned. Training draws, counts and scales by its own rankings only, and knows a user's
/// positives up to the last of them.
/// </remarks>
public sealed class SampleSet
{
    /// <summary>The seed of held-out draws. It is constant, so that options and seeds are compared on the same users and negatives.</summary>
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

    /// <summary>The training rankings. Their negatives are drawn anew in each epoch.</summary>
    public SampleSplit Training { get; }

    /// <summary>
    /// The validation rankings: the latest before the test rankings, and only rankings that were shown where there are any. Sampled negatives are one
    /// uniform and one by popularity, and always the same.
    /// </summary>
    public SampleSplit Validation { get; }

    /// <summary>[items] How often each item is a positive of the training rankings.</summary>
    public IReadOnlyList<long> Positives { get; }

    /// <summary>
    /// The test rankings: the latest of all, as many as <see cref="SampleOptions.TestShare"/> says. Negatives are as in validation.
    /// </summary>
    public SampleSplit Test { get; }

    /// <summary>How often the training rankings have each item, user and context.</summary>
    public TrainingCounts Counts { get; }

    /// <summary>The number of users whose last positive is held out.</summary>
    public int HeldOutUsers { get; }

    /// <summary>Makes the samples of a log.</summary>
    /// <exception cref="InvalidContentException">An option breaks a rule, or the log has nothing to learn from.</exception>
    public static SampleSet Build(TrainingLog log, SampleOptions options)
    {
        options.Require();
        var roles = new EventRoles(log.Schema);
        var sequences = new BehaviourSequences(log, options);
        var samples = new SampleTable();
        int[] heldFrom = AddRankings(log, roles, sequences, samples, options);
        SplitRows rows = SplitRows.Divide(log, samples, heldFrom, options, HeldOutSeed);
        if (rows.Training.Length == 0)
        {
            throw new InvalidContentException(
                "The log has nothing to learn from: it needs impressions with a ranking id, or users with a positive event after another behaviour.");
        }

        long[] positives = CountPositives(log, samples, rows.Training);
        var counts = TrainingCounts.Count(log, samples, sequences, rows.Training);
        var items = DrawnItems.OfTraining(log, counts);
        var userPositives = new UserPositives(log, roles);
        int[] numbers = Numbers(samples, rows);

        // Held-out draws do not depend on what training draws, so that options for the latter can be chosen by validation.
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

    /// <returns>[users] The index of the event from which on a user's rankings are held out, or int.MaxValue where none are.</returns>
    private static int[] AddRankings(
        TrainingLog log, EventRoles roles, BehaviourSequences sequences, SampleTable samples, SampleOptions options)
    {
        long window = (long)options.AttributionWindow.TotalMilliseconds;
        var sampled = new SampledPositives(log, roles, sequences, samples, window, FirstImpression(log.Events, roles));
        var impressions = new ImpressionRankings(log.Events, roles, sequences, samples, window);
        var lastPositives = new LastPositives(log.Events, roles, sequences);
        int[] heldFrom = new int[log.UserIds.Count];
        Array.Fill(heldFrom, int.MaxValue);
        HashSet<int> rowsOfLast = [];
        for (int user = 0; user < log.UserIds.Count; user++)
        {
            rowsOfLast.Clear();
            int lastPositive = lastPositives.Find(user);
            if (lastPositive >= 0)
            {
                rowsOfLast.Add(sampled.Add(user, lastPositive));
            }

            impressions.Add(user, lastPositive, rowsOfLast);
            if (options.HoldOut == HoldOut.LastItem && lastPositive >= 0)
            {
                // Everything after the ranking of the last positive is held out too, because its history would have that positive.
                heldFrom[user] = rowsOfLast.Where(row => row >= 0).Select(samples.Event).Append(lastPositive).Min();
            }
        }

        return heldFrom;
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

    /// <summary>[rows] A number per ranking that decides its draws and does not depend on what is held out.</summary>
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

    /// <summary>[users] The index of the event after the last one that the rankings of a user are made of.</summary>
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
