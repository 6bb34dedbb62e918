using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Contracts.Validation;

/// <summary>The rules of behaviour events.</summary>
public static class EventRules
{
    /// <summary>Every broken rule of a request's events, by index; empty where all are valid.</summary>
    public static IReadOnlyList<Violation> Check(IReadOnlyList<BehaviourEvent> events, InputSchema schema, TimeProvider time)
    {
        var violations = default(Violations);
        Check(events, schema, time, ref violations);
        return violations.List;
    }

    /// <summary>The same for events that must all be of one user.</summary>
    public static IReadOnlyList<Violation> CheckOfUser(IReadOnlyList<BehaviourEvent> events, string userId, InputSchema schema, TimeProvider time)
    {
        var violations = default(Violations);
        Check(events, schema, time, ref violations);
        for (int i = 0; i < events.Count; i++)
        {
            if (events[i].UserId != userId)
            {
                violations.Add($"events[{i}].userId", "must be the user whose grain is called");
            }
        }

        return violations.List;
    }

    private static void Check(IReadOnlyList<BehaviourEvent> events, InputSchema schema, TimeProvider time, ref Violations violations)
    {
        if (events.Count is 0 or > InputLimits.Events)
        {
            violations.Add("events", $"must be 1 to {InputLimits.Events:N0} events");
            return;
        }

        DateTimeOffset latest = time.GetUtcNow() + InputLimits.FutureTolerance;
        for (int i = 0; i < events.Count; i++)
        {
            BehaviourEvent one = events[i];
            violations.Id(one.EventId, "events", i, "eventId");
            violations.Id(one.UserId, "events", i, "userId");
            violations.Id(one.ItemId, "events", i, "itemId");
            if (one.RankingId is not null)
            {
                violations.Id(one.RankingId, "events", i, "rankingId");
            }

            if (!schema.EventTypes.Contains(one.Type))
            {
                violations.Add($"events[{i}].type", "must be one of " + string.Join(", ", schema.EventTypes));
            }

            if (one.Timestamp == default)
            {
                violations.Add($"events[{i}].timestamp", "must be given");
            }
            else if (one.Timestamp > latest)
            {
                violations.Add($"events[{i}].timestamp", $"must not lie more than {InputLimits.FutureTolerance.TotalMinutes:N0} minutes in the future");
            }
            else if (one.Timestamp < InputLimits.Earliest)
            {
                violations.Add($"events[{i}].timestamp", $"must not lie before {InputLimits.Earliest:yyyy-MM-dd}");
            }

            if (one.Context.Count > 0)
            {
                violations.Features(one.Context, schema.ContextFeatures, $"events[{i}].context");
            }
        }
    }
}
