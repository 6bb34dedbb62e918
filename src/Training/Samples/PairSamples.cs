using DinOrleans.Datasets;
namespace DinOrleans.Training.Samples;

/// <summary>
/// Pairs as rankings: one a pair, in the order of the pairs, of the user at their last positive, with the candidates positive,
/// negative, popular negative. With several tasks, the last positive may be one of the labels of an earlier moment: a purchase is tested in the
/// ranking of the click that it followed, with the history from before the click, as training would have had it.
/// </summary>
public static class PairSamples
{
    /// <summary>Position of the positive among the candidates.</summary>
    public const int Positive = 0;

    /// <summary>Position of the uniform negative.</summary>
    public const int UniformNegative = 1;

    /// <summary>Position of the negative drawn by popularity.</summary>
    public const int PopularNegative = 2;

    private const int DrawSeed = 1;
    private const int FewestBefore = 2;

    /// <summary>Looks the pairs up in a log.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">The log does not know a pair's user or item, or the user's last positive is another item.</exception>
    public static SampleSplit Build(TrainingLog log, IReadOnlyList<RankingPair> pairs, SampleOptions options)
    {
        options.Validate();
        var roles = new EventRoles(log.Schema);
        var sequences = new BehaviourSequences(log, options);
        var lasts = new LastRankings(log, roles, sequences, options);
        var samples = new SampleTable();
        foreach (RankingPair pair in pairs)
        {
            int user = log.FindUser(pair.User);
            int last = user < 0 ? -1 : SampleSet.LastPositive(log.Events, roles, sequences, user);
            if (last < 0 || log.ItemIds[log.Events.Item[last]] != pair.Positive)
            {
                throw new InvalidDataException(last < 0
                    ? $"pairs: user \"{pair.User}\" has no positive event in the log"
                    : $"pairs: the last positive of user \"{pair.User}\" must be \"{pair.Positive}\", but is \"{log.ItemIds[log.Events.Item[last]]}\"");
            }

            LastRanking ranking = lasts.Of(user, last);
            samples.Add(user, ranking.Event, ranking.HistoryEnd, CandidateSource.Pair);
            samples.AddCandidate(log.Events.Item[last], ranking.Label);
            samples.AddCandidate(Item(log, pair.Negative), label: 0);
            samples.AddCandidate(Item(log, pair.PopularNegative), label: 0);
        }

        int[] rows = [.. Enumerable.Range(0, samples.Count)];
        NegativeSampler none = Negatives(log, roles, new double[log.ItemIds.Count]);
        return new(new SampleWriter(log, samples, sequences, none, options, rows), rows, options.Seed, fixedNegatives: true);
    }

    /// <summary>
    /// Draws pairs for a log that comes without: for each user with at least two behaviours before it the last positive, one uniform negative and
    /// one drawn by popularity, neither a positive of the user. The same log gives the same pairs.
    /// </summary>
    /// <exception cref="InvalidDataException">No user has as many.</exception>
    public static IReadOnlyList<RankingPair> Draw(TrainingLog log, SampleOptions options)
    {
        var roles = new EventRoles(log.Schema);
        var sequences = new BehaviourSequences(log, options);
        double[] popularity = new double[log.ItemIds.Count];
        for (int e = 0; e < log.Events.Count; e++)
        {
            popularity[log.Events.Item[e]] += roles.Tasks(log.Events.Type[e]) != 0 ? 1 : 0;
        }

        NegativeSampler negatives = Negatives(log, roles, popularity);
        var lasts = new LastRankings(log, roles, sequences, options);
        List<RankingPair> pairs = [];
        for (int user = 0; user < log.UserIds.Count; user++)
        {
            int last = SampleSet.LastPositive(log.Events, roles, sequences, user);
            if (last < 0 || sequences.Count(user, lasts.Of(user, last).HistoryEnd) < FewestBefore)
            {
                continue;
            }

            var random = new SeededRandom(DrawSeed, user);
            int uniform = negatives.Draw(ref random, user, popular: false, []);
            int popular = negatives.Draw(ref random, user, popular: true, []);
            if (uniform >= 0 && popular >= 0)
            {
                pairs.Add(new(log.UserIds[user], log.ItemIds[log.Events.Item[last]], log.ItemIds[uniform], log.ItemIds[popular]));
            }
        }

        return pairs.Count > 0 ? pairs : throw new InvalidDataException("The log has nothing to test on: no user has two behaviours before their last positive.");
    }

    /// <summary>Draws from the whole log: of a test, which nothing is learned from.</summary>
    private static NegativeSampler Negatives(TrainingLog log, EventRoles roles, double[] popularity) =>
        new(DrawnItems.All(log), new UserPositives(log, roles), [.. Enumerable.Repeat(int.MaxValue, log.UserIds.Count)], popularity);

    private static int Item(TrainingLog log, string itemId) => log.FindItem(itemId) is >= 0 and int item
        ? item
        : throw new InvalidDataException($"pairs: the log has no item \"{itemId}\"");
}
