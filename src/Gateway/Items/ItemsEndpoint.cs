using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Http;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Schema;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DinOrleans.Gateway.Items;

/// <summary><c>PUT /v1/items</c>, and <c>GET|DELETE /v1/items/{itemId}</c>.</summary>
internal sealed class ItemsEndpoint(IGrainFactory grains, ClusterCalls calls, InputSchemaCache schemas, JsonBody bodies, ItemLines lines)
{
    private IItemCatalogueGrain Catalogue => grains.GetGrain<IItemCatalogueGrain>(0);

    public async Task<JsonAnswer<ItemsResponse>> PutAsync(HttpContext http)
    {
        if (JsonLines.AreSentBy(http.Request))
        {
            return new(await lines.PutAsync(http));
        }

        ItemsRequest request = await bodies.ReadAsync<ItemsRequest>(http);
        Item[] items = request.ToItems();
        ItemRules.Check(items, await schemas.GetAsync(http.RequestAborted)).ThrowIfAny();
        return new(new(await calls.CallAsync(token => Catalogue.PutAsync(items, token), http.RequestAborted)));
    }

    public async Task<Results<JsonAnswer<ItemResponse>, NotFound>> GetAsync(string itemId, HttpContext http) =>
        await calls.CallAsync(token => Catalogue.GetAsync(Id(itemId, http), token), http.RequestAborted) is { } item
            ? new JsonAnswer<ItemResponse>(ItemResponse.From(item))
            : TypedResults.NotFound();

    public async Task<NoContent> DeleteAsync(string itemId, HttpContext http)
    {
        await calls.CallAsync(token => Catalogue.DeleteAsync(Id(itemId, http), token), http.RequestAborted);
        return TypedResults.NoContent();
    }

    private static string Id(string routed, HttpContext http)
    {
        string itemId = PathSegment.Decode(routed, http);
        ItemRules.CheckId(itemId).ThrowIfAny();
        return itemId;
    }
}

/// <summary>Maps <c>/v1/items</c>.</summary>
internal static class MapItemsExtensions
{
    public static void MapItems(this IEndpointRouteBuilder v1, ItemsEndpoint endpoint, long maxBodyBytes)
    {
        RouteGroupBuilder items = v1.MapGroup("/items").WithTags("Items").Needs(ApiScopes.Catalogue);
        items.MapPut("", (Delegate)endpoint.PutAsync)
            .WithName("putItems")
            .WithSummary("Add or replace items")
            .WithDescription(
                "All items are written, or none. They are live on every silo within a second. A body of the type application/x-ndjson has one item per line "
                + "and any number of lines. It is written in batches of up to 1,000 lines, and a batch with a line that breaks a rule is left out.")
            .WithMetadata(new BodyLimit(maxBodyBytes))
            .TakesJson<ItemsRequest>(Work.Write, JsonLines.MediaType)
            .WithMetadata(new TakesJsonLines());
        items.MapGet("/{itemId}", (Delegate)endpoint.GetAsync).WithName("getItem").WithSummary("Return an item")
            .WithDescription("The answer has the item as the catalogue has it.")
            .Fails(StatusCodes.Status404NotFound);
        items.MapDelete("/{itemId}", (Delegate)endpoint.DeleteAsync).WithName("deleteItem").WithSummary("Remove an item")
            .WithDescription("From then on the item is one that the catalogue does not have. The request may be repeated.");
    }
}
