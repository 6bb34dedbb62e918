namespace DinOrleans.Grains.Experiments;

/// <summary>The last rankings of a user that an experiment measures, to tell which of them a positive event follows. For one grain.</summary>
internal sealed class RecentRankings
{
    /// <summary>How many are remembered: a user looks at few lists at a time, and each keeps its items' ids.</summary>
    private const int Most = 8;

    private readonly LinkedList<MeasuredRanking> _rankings = [];

    /// <summary>False until the rankings from before the grain's start were looked up, where they were needed.</summary>
    public bool IsComplete { get; set; }

    /// <summary>True where nothing is remembered.</summary>
    public bool IsEmpty => _rankings.Count == 0;

    /// <summary>Remembers a ranking; the oldest is forgotten where there are many.</summary>
    public void Add(MeasuredRanking ranking)
    {
        // One that was read back is older than what the grain has ranked since.
        LinkedListNode<MeasuredRanking>? before = _rankings.Last;
        while (before is not null && before.Value.Time > ranking.Time)
        {
            before = before.Previous;
        }

        if (before is null)
        {
            _rankings.AddFirst(ranking);
        }
        else
        {
            _rankings.AddAfter(before, ranking);
        }

        if (_rankings.Count > Most)
        {
            _rankings.RemoveFirst();
        }
    }

    /// <summary>The ranking of an id; null where it is not remembered.</summary>
    public MeasuredRanking? Find(string rankingId) => _rankings.LastOrDefault(r => r.RankingId == rankingId);

    /// <summary>The latest ranking that showed an item within the attribution window before a time; null where none is remembered.</summary>
    public MeasuredRanking? FindShown(string itemId, DateTimeOffset time) => _rankings.LastOrDefault(r => r.IsFollowedBy(time) && r.Place(itemId) >= 0);

    /// <summary>Forgets all, as when the user is erased.</summary>
    public void Clear() => _rankings.Clear();
}

/// <summary>A ranking that an experiment measures.</summary>
/// <param name="RankingId">The ranking's id.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Arm">The arm that made it.</param>
/// <param name="Items">The ids of the shown items, best first.</param>
/// <param name="Probabilities">[items × tasks] the probability of each task's event on each shown item; empty where scores are not probabilities.</param>
/// <param name="Tasks">The names of the tasks.</param>
internal sealed record MeasuredRanking(
    string RankingId, DateTimeOffset Time, UserArm Arm, IReadOnlyList<string> Items, ReadOnlyMemory<float> Probabilities, IReadOnlyList<string> Tasks)
{
    private readonly HashSet<(int Place, string Task)> _positives = [];

    /// <summary>True for a time within the attribution window. Clocks may differ by the tolerance that the window's start allows.</summary>
    public bool IsFollowedBy(DateTimeOffset time) =>
        time >= Time - Contracts.InputLimits.FutureTolerance && time <= Time + Arm.Run.Experiment.AttributionWindow;

    /// <summary>The position of an item, from 0; -1 where it was not shown.</summary>
    public int Place(string itemId) => IndexOf(Items, itemId);

    /// <summary>The probability that was given for a task's event on a shown item; null where scores are not probabilities.</summary>
    public float? Probability(int place, string task)
    {
        int k = IndexOf(Tasks, task);
        return Probabilities.IsEmpty || k < 0 ? null : Probabilities.Span[(place * Tasks.Count) + k];
    }

    /// <summary>Marks a positive of a task on a shown item.</summary>
    /// <returns>False where it was marked before: several events on an item are one positive.</returns>
    public bool MarkPositive(int place, string task) => _positives.Add((place, task));

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
