using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Schema;
using DinOrleans.Gateway.Telemetry;

namespace DinOrleans.Gateway.Events;

/// <summary>Checks events, in whatever form they were sent, has the grains of their users apply them, and counts them.</summary>
/// <remarks>
/// All events are checked before any goes to a grain, so that one bad event keeps all of them out. Each user's events are then applied together, and
/// the users side by side. If a store fails part-way, some users' events are applied although the call fails. Appending the same events again is safe,
/// because an event id is applied once.
/// </remarks>
internal sealed class EventAppender(UserGrains users, ClusterCalls calls, InputSchemaCache schemas, TimeProvider time, GatewayInstruments instruments)
{
    /// <summary>Appends events. They are on disk when it returns.</summary>
    /// <param name="caller">Whoever sent the events.</param>
    /// <param name="events">The events. A time that its form could not say is <see cref="TimestampConverter.Malformed"/>.</param>
    /// <param name="timestampRule">The rule that such a time breaks, in words.</param>
    /// <param name="aborted">Cancelled when the caller has gone.</param>
    /// <exception cref="InvalidInputException">An event breaks a rule. Fields are named by the event's index.</exception>
    public async Task<AppendResult> AppendAsync(Caller caller, BehaviourEvent[] events, string timestampRule, CancellationToken aborted)
    {
        foreach (BehaviourEvent one in events)
        {
            caller.CheckUser(one.UserId);
        }

        ThrowIfAny(EventRules.Check(events, await schemas.GetAsync(aborted), time), events, timestampRule);
        AppendResult[] results = await Task.WhenAll(ByUser(events).Select(user => AppendOfUserAsync(user.Key, user.Value, aborted)));
        AppendResult sum = results.Aggregate(default(AppendResult), AppendResult.Add);
        instruments.Appended(sum);
        return sum;
    }

    // The rules of the contract see only moments. What is not a moment gets the rule for its form.
    private static void ThrowIfAny(Violations violations, BehaviourEvent[] events, string timestampRule)
    {
        if (violations.Listed.Count == 0)
        {
            return;
        }

        HashSet<string> malformed = [.. events.Index().Where(e => e.Item.Timestamp == TimestampConverter.Malformed).Select(e => $"events[{e.Index}].timestamp")];
        throw new InvalidInputException(
            [.. violations.Listed.Select(v => malformed.Contains(v.Field) ? v with { Rule = timestampRule } : v)], violations.More);
    }

    // Each user's events stay in the order in which they were sent, which decides between events of one time.
    private static Dictionary<string, List<BehaviourEvent>> ByUser(BehaviourEvent[] events)
    {
        var users = new Dictionary<string, List<BehaviourEvent>>(StringComparer.Ordinal);
        foreach (BehaviourEvent one in events)
        {
            if (!users.TryGetValue(one.UserId, out List<BehaviourEvent>? ofUser))
            {
                users.Add(one.UserId, ofUser = []);
            }

            ofUser.Add(one);
        }

        return users;
    }

    private Task<AppendResult> AppendOfUserAsync(string userId, List<BehaviourEvent> events, CancellationToken cancellationToken) =>
        calls.CallAsync(token => users.Of(userId).AppendAsync(events, token), cancellationToken);
}
