using DinOrleans.Model.Schema;
using DinOrleans.Training.Log;

namespace DinOrleans.Training.Samples.Rankings;

/// <summary>
/// How often the training rankings of a log have each item, user and context. Nothing is learned about those that they do not have.
/// </summary>
public sealed class TrainingCounts
{
    private readonly int[] _rankingContexts;

    private TrainingCounts(int[] items, int[] users, int[] contexts, int[] rankingContexts)
    {
        Items = items;
        Users = users;
        Contexts = contexts;
        _rankingContexts = rankingContexts;
    }

    /// <summary>
    /// [items] The number of positives and impressions of each item in training rankings, and of behaviours on it before them. An event that is both
    /// counts once.
    /// </summary>
    public int[] Items { get; }

    /// <summary>[users] The number of positives and impressions in each user's training rankings.</summary>
    public int[] Users { get; }

    /// <summary>[events] The number of positives and impressions of the training ranking that has the event's context.</summary>
    public int[] Contexts { get; }

    /// <summary>The counts of items, users or contexts.</summary>
    public int[] Get(FeatureSource source) => source switch
    {
        FeatureSource.Item => Items,
        FeatureSource.User => Users,
        FeatureSource.Context => Contexts,
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "Unknown feature source."),
    };

    /// <summary>
    /// The items, users or contexts that training rankings have, in an order that does not depend on what is held out. Sums over them are therefore
    /// equal to the bit, whatever is held out.
    /// </summary>
    public IEnumerable<int> Seen(FeatureSource source) => source == FeatureSource.Context
        ? _rankingContexts
        : Enumerable.Range(0, Get(source).Length).Where(i => Get(source)[i] > 0);

    /// <summary>Counts what the training rankings have.</summary>
    /// <param name="log">The log.</param>
    /// <param name="samples">All rankings of the log.</param>
    /// <param name="sequences">The users' behaviours.</param>
    /// <param name="training">The rows of the training rankings, in order of time.</param>
    internal static TrainingCounts Count(TrainingLog log, SampleTable samples, BehaviourSequences sequences, int[] training)
    {
        int[] items = new int[log.ItemIds.Count];
        int[] users = new int[log.UserIds.Count];
        int[] contexts = new int[log.Events.Count];
        bool[] counted = new bool[log.Events.Count];
        int[] last = new int[users.Length];
        Array.Fill(last, -1);
        foreach (int row in training)
        {
            int user = samples.User(row);
            users[user] += samples.CandidateCount(row);
            contexts[samples.Event(row)] += samples.CandidateCount(row);
            last[user] = Math.Max(last[user], samples.Event(row));
            counted[samples.Event(row)] |= samples.DrawsNegatives(row);
            for (int candidate = samples.CandidateStart(row); candidate < samples.CandidateStart(row + 1); candidate++)
            {
                items[samples.Item(candidate)]++;
            }
        }

        for (int user = 0; user < users.Length; user++)
        {
            foreach (int e in last[user] < 0 ? [] : sequences.EventsBefore(user, last[user]))
            {
                items[log.Events.Item[e]] += counted[e] ? 0 : 1;
                counted[e] = true;
            }
        }

        return new(items, users, contexts, Array.ConvertAll(training, samples.Event));
    }
}
