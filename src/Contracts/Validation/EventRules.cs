using DinOrleans.Contracts.Schema;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Contracts.Validation;

/// <summary>The rules of behaviour events.</summary>
public static class EventRules
{
    /// <summary>Returns the broken rules of a request's events. Fields are named by the event's index.</summary>
    public static Violations Check(IReadOnlyList<BehaviourEvent?>? events, InputSchema schema, TimeProvider time)
    {
        var violations = default(Violations);
        if (events is null || events.Count is 0 or > InputLimits.Events)
        {
            violations.Add("events", $"must be 1 to {InputLimits.Events:N0} events");
            return violations;
        }

        DateTimeOffset now = time.GetUtcNow();
        for (int i = 0; i < events.Count; i++)
        {
            if (events[i] is { } one)
            {
                Check(one, i, schema, now, ref violations);
            }
            else
            {
                violations.Add($"events[{i}]", "must be given");
            }
        }

        return violations;
    }

    /// <summary>Returns the broken rules of events that must all be of one user.</summary>
    public static Violations CheckOfUser(IReadOnlyList<BehaviourEvent?>? events, string userId, InputSchema schema, TimeProvider time)
    {
        Violations violations = Check(events, schema, time);
        for (int i = 0; i < Math.Min(events?.Count ?? 0, InputLimits.Events); i++)
        {
            if (events![i] is { } one && one.UserId != userId)
            {
                violations.Add($"events[{i}].userId", "must be the user whose grain is called");
            }
        }

        return violations;
    }

    private static void Check(BehaviourEvent one, int index, InputSchema schema, DateTimeOffset now, ref Violations violations)
    {
        violations.CheckId(one.EventId, "events", index, "eventId");
        violations.CheckId(one.UserId, "events", index, "userId");
        violations.CheckId(one.ItemId, "events", index, "itemId");
        if (one.RankingId is not null)
        {
            violations.CheckId(one.RankingId, "events", index, "rankingId");
        }

        if (!schema.EventTypes.Contains(one.Type))
        {
            violations.Add($"events[{index}].type", "must be one of " + string.Join(", ", schema.EventTypes));
        }

        if (InputRules.CheckTime(one.Timestamp, now) is { } rule)
        {
            violations.Add($"events[{index}].timestamp", rule);
        }

        if (one.Context is not { Count: 0 })
        {
            violations.CheckFeatures(one.Context, schema.ContextFeatures, $"events[{index}].context");
        }
    }
}
