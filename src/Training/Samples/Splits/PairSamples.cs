using DinOrleans.Datasets;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Negatives;
using DinOrleans.Training.Samples.Rankings;

namespace DinOrleans.Training.Samples.Splits;

/// <summary>
/// Makes one ranking per pair, in the order of the pairs: the user at their last positive, with the positive, the uniform negative and the popular
/// negative as candidates. With several tasks, the last positive may be a label of a ranking from an earlier moment. A purchase is then tested in
/// the ranking of the click before it, with the history from before the click, as training would have had it.
/// </summary>
public static class PairSamples
{
    /// <summary>The position of the positive among the candidates.</summary>
    public const int Positive = 0;

    /// <summary>The position of the uniform negative.</summary>
    public const int UniformNegative = 1;

    /// <summary>The position of the negative that was drawn by popularity.</summary>
    public const int PopularNegative = 2;

    private const int DrawSeed = 1;
    private const int FewestBefore = 2;

    /// <summary>Finds the pairs in a log.</summary>
    /// <exception cref="InvalidContentException">An option breaks a rule, the log does not have a pair's user or item, or the user's last positive is another item.</exception>
    public static SampleSplit Build(TrainingLog log, IReadOnlyList<RankingPair> pairs, SampleOptions options)
    {
        options.Require();
        var roles = new EventRoles(log.Schema);
        var sequences = new BehaviourSequences(log, options);
        var lastPositives = new LastPositives(log.Events, roles, sequences);
        var lasts = new LastRankings(log, roles, sequences, options);
        var samples = new SampleTable();
        foreach (RankingPair pair in pairs)
        {
            int user = log.FindUser(pair.User);
            int last = user < 0 ? -1 : lastPositives.Find(user);
            if (last < 0 || log.ItemIds[log.Events.Item[last]] != pair.Positive)
            {
                throw new InvalidContentException(last < 0
                    ? $"pairs: user \"{pair.User}\" has no positive event in the log"
                    : $"pairs: the last positive of user \"{pair.User}\" must be \"{pair.Positive}\", but is \"{log.ItemIds[log.Events.Item[last]]}\"");
            }

            LastRanking ranking = lasts.Find(user, last);
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
    /// Draws pairs for a log that comes without pairs. Each user with at least two behaviours before their last positive gives a pair of that positive,
    /// one uniform negative and one negative by popularity. Neither negative is a positive of the user. The same log gives the same pairs.
    /// </summary>
    /// <exception cref="InvalidContentException">No user has that many behaviours.</exception>
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
        var lastPositives = new LastPositives(log.Events, roles, sequences);
        var lasts = new LastRankings(log, roles, sequences, options);
        List<RankingPair> pairs = [];
        for (int user = 0; user < log.UserIds.Count; user++)
        {
            int last = lastPositives.Find(user);
            if (last < 0 || sequences.Count(user, lasts.Find(user, last).HistoryEnd) < FewestBefore)
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

        return pairs.Count > 0 ? pairs : throw new InvalidContentException("The log has nothing to test on: no user has two behaviours before their last positive.");
    }

    /// <summary>Draws from all items of the log, because nothing is learned from a test.</summary>
    private static NegativeSampler Negatives(TrainingLog log, EventRoles roles, double[] popularity) =>
        new(DrawnItems.All(log), new UserPositives(log, roles), [.. Enumerable.Repeat(int.MaxValue, log.UserIds.Count)], popularity);

    private static int Item(TrainingLog log, string itemId) => log.FindItem(itemId) is >= 0 and int item
        ? item
        : throw new InvalidContentException($"pairs: the log has no item \"{itemId}\"");
}
