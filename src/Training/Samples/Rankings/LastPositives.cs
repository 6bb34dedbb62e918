using DinOrleans.Training.Log;

namespace DinOrleans.Training.Samples.Rankings;

/// <summary>Finds each user's last positive event.</summary>
/// <param name="events">The log's events.</param>
/// <param name="roles">The meaning of their event types.</param>
/// <param name="sequences">The users' behaviours.</param>
internal sealed class LastPositives(EventTable events, EventRoles roles, BehaviourSequences sequences)
{
    /// <summary>The user's last positive event that is not a dropped repeat, or −1 where there is none.</summary>
    public int Find(int user)
    {
        int e = events.UserStart[user + 1] - 1;
        while (e >= events.UserStart[user] && (roles.Tasks(events.Type[e]) == 0 || sequences.IsDroppedRepeat(e)))
        {
            e--;
        }

        return e >= events.UserStart[user] ? e : -1;
    }
}
