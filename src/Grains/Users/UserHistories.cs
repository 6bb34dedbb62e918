using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Grains.Users;

/// <summary>
/// A user's behaviour sequences in the order of the shop's schema, the main one first. Each keeps its own most recent behaviours: what
/// was bought long ago is not pushed out by what was clicked since.
/// </summary>
public sealed class UserHistories(FeatureSchema schema)
{
    /// <summary>How each sequence is cut, in the order of <see cref="All"/>.</summary>
    public IReadOnlyList<BehaviourSequence> Sequences { get; } = schema.AllSequences;

    public IReadOnlyList<UserHistory> All { get; } = [.. schema.AllSequences.Select(s => new UserHistory(s.MaxLength))];

    /// <summary>Changes with every change of any history.</summary>
    public int Revision => All.Sum(h => h.Revision);

    /// <summary>Starts anew from the log.</summary>
    /// <param name="events">The most recent of each sequence by event time, oldest first.</param>
    public void Replace(IReadOnlyList<IReadOnlyList<BehaviourEvent>> events)
    {
        for (int i = 0; i < All.Count; i++)
        {
            All[i].Replace(events[i]);
        }
    }

    /// <summary>Adds an event to each sequence that its type forms.</summary>
    public void Add(BehaviourEvent behaviour)
    {
        for (int i = 0; i < All.Count; i++)
        {
            if (Sequences[i].Events.Contains(behaviour.Type))
            {
                All[i].Add(behaviour);
            }
        }
    }
}
