using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Events;

/// <summary><c>POST /v1/events</c>.</summary>
internal static class EventsEndpoint
{
    public static void MapEvents(this IEndpointRouteBuilder routes) => routes
        .MapPost("/v1/events", HandleAsync)
        .Accepts<EventsRequest>("application/json")
        .Produces<EventsResponse>()
        .WithSummary("Appends behaviours. After a 503 send the same request again: an event id is applied once.");

    private static async Task HandleAsync(
        HttpContext context, IGrainFactory grains, InputSchemaCache schemas, GatewayInstruments instruments, TimeProvider time)
    {
        EventsRequest request = await RequestBody.ReadAsync(context, WireJson.Default.EventsRequest).ConfigureAwait(false);
        List<Violation>? violations = null;
        BehaviourEvent[] events = Read(request.Events ?? [], ref violations);
        var schema = await schemas.GetAsync(context.RequestAborted).ConfigureAwait(false);
        IReadOnlyList<Violation> broken = EventRules.Check(events, schema, time);
        if (broken.Count > 0 || violations is not null)
        {
            // A timestamp that could not be read is reported as such, not by the value that stands in for it.
            var unread = (violations ?? []).Select(v => v.Field).ToHashSet(StringComparer.Ordinal);
            throw new InvalidInputException([.. violations ?? [], .. broken.Where(v => !unread.Contains(v.Field))]);
        }

        AppendResult[] results = await Task.WhenAll(events
            .GroupBy(e => e.UserId, StringComparer.Ordinal)
            .Select(user => grains.GetGrain<IUserGrain>(user.Key).AppendAsync([.. user], context.RequestAborted))).ConfigureAwait(false);
        AppendResult total = results.Aggregate((a, b) => a + b);
        instruments.Appended(total);
        await RequestBody.WriteAsync(context, new EventsResponse(total.Accepted, total.Duplicates), WireJson.Default.EventsResponse).ConfigureAwait(false);
    }

    private static BehaviourEvent[] Read(List<EventBody> bodies, ref List<Violation>? violations)
    {
        var events = new BehaviourEvent[bodies.Count];
        for (int i = 0; i < events.Length; i++)
        {
            EventBody body = bodies[i] ?? new EventBody();
            if (!Rfc3339.TryParse(body.Timestamp, out DateTimeOffset timestamp))
            {
                (violations ??= []).Add(new($"events[{i}].timestamp", Rfc3339.Rule));
            }

            events[i] = new BehaviourEvent
            {
                EventId = body.EventId ?? "",
                UserId = body.UserId ?? "",
                ItemId = body.ItemId ?? "",
                Type = body.Type ?? "",
                Timestamp = timestamp,
                RankingId = body.RankingId,
                Context = FeatureValues.Read(body.Context, $"events[{i}].context", ref violations),
            };
        }

        return events;
    }
}
