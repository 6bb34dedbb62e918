using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Grains.Users;

/// <summary>
/// The behaviour sequences of a user in the order of the shop's schema, the main one first. Each keeps its own most recent behaviours, so that clicks do
/// not push out what was bought long ago.
/// </summary>
public sealed class UserHistories(FeatureSchema schema)
{
    /// <summary>The definition of each sequence, in the order of <see cref="All"/>.</summary>
    public IReadOnlyList<BehaviourSequence> Sequences { get; } = schema.AllSequences;

    public IReadOnlyList<UserHistory> All { get; } = [.. schema.AllSequences.Select(s => new UserHistory(s.MaxLength))];

    /// <summary>A number that changes with every change of any history.</summary>
    public int Revision => All.Sum(h => h.Revision);

    /// <summary>Replaces all histories by what the log has.</summary>
    /// <param name="events">The most recent events of each sequence by their time, oldest first.</param>
    public void Replace(IReadOnlyList<IReadOnlyList<BehaviourEvent>> events)
    {
        for (int i = 0; i < All.Count; i++)
        {
            All[i].Replace(events[i]);
        }
    }

    /// <summary>Adds an event to each sequence that its type belongs to.</summary>
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
