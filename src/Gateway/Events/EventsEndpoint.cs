using DinOrleans.Contracts;
using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Schema;
using DinOrleans.Gateway.Telemetry;

namespace DinOrleans.Gateway.Events;

/// <summary><c>POST /v1/events</c>.</summary>
/// <remarks>
/// The whole request is checked before any event goes to a grain, so that one bad event keeps all of them out. Each user's events are then
/// applied together, and the users side by side. If a store fails part-way, the answer is 503 although some users' events are applied. Sending
/// the same request again is safe, because an event id is applied once.
/// </remarks>
internal sealed class EventsEndpoint(IGrainFactory grains, ClusterCalls calls, InputSchemaCache schemas, JsonBody bodies, TimeProvider time, GatewayInstruments instruments)
{
    public async Task<JsonAnswer<EventsResponse>> AppendAsync(HttpContext http)
    {
        EventsRequest request = await bodies.ReadAsync<EventsRequest>(http);
        BehaviourEvent[] events = request.ToBehaviours();
        CheckUsers(http.Caller(), events);
        ThrowIfAny(EventRules.Check(events, await schemas.GetAsync(http.RequestAborted), time), events);

        AppendResult[] results = await Task.WhenAll(ByUser(events).Select(user => AppendOfUserAsync(user.Key, user.Value, http.RequestAborted)));
        AppendResult sum = results.Aggregate(default(AppendResult), AppendResult.Add);
        instruments.Appended(sum);
        return new(new(sum.Accepted, sum.Duplicates, sum.Erased));
    }

    private static void CheckUsers(Caller caller, BehaviourEvent[] events)
    {
        foreach (BehaviourEvent one in events)
        {
            caller.CheckUser(one.UserId);
        }
    }

    // The rules of the contract see only moments. Text that is not a timestamp gets the rule for its form.
    private static void ThrowIfAny(Violations violations, BehaviourEvent[] events)
    {
        if (violations.Listed.Count == 0)
        {
            return;
        }

        HashSet<string> malformed = [.. events.Index().Where(e => e.Item.Timestamp == TimestampConverter.Malformed).Select(e => $"events[{e.Index}].timestamp")];
        throw new InvalidInputException(
            [.. violations.Listed.Select(v => malformed.Contains(v.Field) ? v with { Rule = TimestampConverter.Rule } : v)], violations.More);
    }

    // Each user's events stay in the order of the request, which decides between events of one time.
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
        calls.CallAsync(token => grains.GetGrain<IUserGrain>(userId).AppendAsync(events, token), cancellationToken);
}

/// <summary>Maps <c>/v1/events</c>.</summary>
internal static class MapEventsExtensions
{
    public static void MapEvents(this IEndpointRouteBuilder v1, EventsEndpoint endpoint) => v1
        .MapPost("/events", (Delegate)endpoint.AppendAsync)
        .Needs(ApiScopes.Events, takesUsers: true)
        .WithName("appendEvents")
        .WithTags("Events")
        .WithSummary("Append behaviours")
        .WithDescription(
            "Answers after the events are on disk. The next ranking of their users uses them. If any event breaks a rule, none is applied. "
            + "After 503 some users' events may be applied. Send the same request again, because an event id is applied once.")
        .TakesJson<EventsRequest>(Work.Write);
}
