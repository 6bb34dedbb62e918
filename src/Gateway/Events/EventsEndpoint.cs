using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Events;

/// <summary><c>POST /v1/events</c>.</summary>
internal sealed class EventsEndpoint(EventAppender appender, JsonBody bodies)
{
    public async Task<JsonAnswer<EventsResponse>> AppendAsync(HttpContext http)
    {
        EventsRequest request = await bodies.ReadAsync<EventsRequest>(http);
        AppendResult result = await appender.AppendAsync(http.Caller(), request.ToBehaviours(), TimestampConverter.Rule, http.RequestAborted);
        return new(new(result.Accepted, result.Duplicates, result.Erased));
    }
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
