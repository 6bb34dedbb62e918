using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Http;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Items;

/// <summary><c>GET /v1/items/{itemId}/days</c>.</summary>
internal sealed class ItemDaysEndpoint(IGrainFactory grains, ClusterCalls calls)
{
    internal const string Days = "days";
    internal const int DefaultDays = 90;

    public async Task<JsonAnswer<ItemDaysResponse>> GetAsync(string itemId, HttpContext http)
    {
        string id = PathSegment.Decode(itemId, http, behind: 1);
        int days = QueryParameters.Read(http.Request.Query, Days).Whole(Days, DefaultDays);
        SearchRules.CheckDays(id, days).ThrowIfAny();
        IReadOnlyList<ItemDay> found = await calls.CallAsync(token => grains.GetGrain<IItemDaysGrain>(0).GetAsync(id, days, token), http.RequestAborted);
        return new(new(id, [.. found.Select(d => new ItemDayResponse(d.Day, d.Events))]));
    }
}

/// <summary>How many events an item had per day.</summary>
/// <param name="ItemId">The id of the item.</param>
/// <param name="Days">The days that have events, in their order.</param>
internal sealed record ItemDaysResponse(string ItemId, IReadOnlyList<ItemDayResponse> Days);

/// <summary>The events on an item on one day.</summary>
/// <param name="Day">The day in UTC, by the events' own times.</param>
/// <param name="Events">The number of events by their type.</param>
internal sealed record ItemDayResponse(DateOnly Day, IReadOnlyDictionary<string, long> Events);

/// <summary>Maps <c>GET /v1/items/{itemId}/days</c>.</summary>
internal static class MapItemDaysExtensions
{
    public static void MapItemDays(this IEndpointRouteBuilder v1, ItemDaysEndpoint endpoint) => v1
        .MapGet("/items/{itemId}/days", endpoint.GetAsync)
        .Needs(ApiScopes.Catalogue)
        .WithTags("Items")
        .WithName("getItemDays")
        .WithSummary("How many events of each type an item had per day")
        .WithDescription(
            "Days are those of UTC, by the events' own times. Days without events are left out, and an item without events has none. The counts follow the "
            + "events by a few seconds. They hold no users, so the erasure of a user leaves them as they are.")
        .Reads(new RequestParameter(ItemDaysEndpoint.Days, "How many days to look back from the item's latest day with events.")
        {
            Range = (1, InputLimits.ItemDays),
            Otherwise = ItemDaysEndpoint.DefaultDays,
        });
}
