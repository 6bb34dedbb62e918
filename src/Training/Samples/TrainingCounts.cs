using DinOrleans.Model.Schema;

namespace DinOrleans.Training.Samples;

/// <summary>How often the training rankings of a log have each item, user and context: what they do not have, nothing is learned of.</summary>
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
    /// [items] positives and impressions that training rankings have of each, and behaviours before them; an event that is both counts once.
    /// </summary>
    public int[] Items { get; }

    /// <summary>[users] positives and impressions of each user's training rankings.</summary>
    public int[] Users { get; }

    /// <summary>[events] positives and impressions of the training ranking whose context is that of the event.</summary>
    public int[] Contexts { get; }

    /// <summary>The counts of a source's entities.</summary>
    public int[] Of(FeatureSource source) => source switch
    {
        FeatureSource.Item => Items,
        FeatureSource.User => Users,
        FeatureSource.Context => Contexts,
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "Unknown feature source."),
    };

    /// <summary>
    /// The entities of a source that training rankings have, in an order that what is held out has no part in: sums over them are the same to
    /// the bit whatever that is.
    /// </summary>
    public IEnumerable<int> Seen(FeatureSource source) => source == FeatureSource.Context
        ? _rankingContexts
        : Enumerable.Range(0, Of(source).Length).Where(i => Of(source)[i] > 0);

    /// <param name="log">The log.</param>
    /// <param name="samples">Its rankings.</param>
    /// <param name="sequences">Its behaviours.</param>
    /// <param name="training">Rows of the training rankings, in order of time.</param>
    internal static TrainingCounts Of(TrainingLog log, SampleTable samples, BehaviourSequences sequences, int[] training)
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
