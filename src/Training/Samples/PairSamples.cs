namespace DinOrleans.Training.Samples;

/// <summary>
/// Pairs as rankings: one a pair, in the order of the pairs, of the user at their last positive, with the candidates positive,
/// negative, popular negative.
/// </summary>
public static class PairSamples
{
    /// <summary>Looks the pairs up in a log.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">The log does not know a pair's user or item, or the user's last positive is another item.</exception>
    public static SampleSplit Build(TrainingLog log, IReadOnlyList<RankingPair> pairs, SampleOptions options)
    {
        options.Validate();
        var roles = new EventRoles(log.Schema);
        var sequences = new BehaviourSequences(log, roles, options);
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

            samples.Add(user, last, sequences.EndBefore(user, last), drawsNegatives: false);
            samples.AddCandidate(log.Events.Item[last], roles.Tasks(log.Events.Type[last]));
            samples.AddCandidate(Item(log, pair.Negative), label: 0);
            samples.AddCandidate(Item(log, pair.PopularNegative), label: 0);
        }

        var writer = new SampleWriter(log, samples, sequences, new NegativeSampler(log, roles, new double[log.ItemIds.Count]), options);
        return new(writer, [.. Enumerable.Range(0, samples.Count)], options.Seed, fixedNegatives: true);
    }

    private static int Item(TrainingLog log, string itemId) => log.FindItem(itemId) is >= 0 and int item
        ? item
        : throw new InvalidDataException($"pairs: the log has no item \"{itemId}\"");
}
