using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Schema;

namespace DinOrleans.Gateway.Items;

/// <summary><c>PUT /v1/items</c>.</summary>
internal sealed class ItemsEndpoint(IGrainFactory grains, InputSchemaCache schemas, JsonBody bodies)
{
    public async Task<JsonAnswer<ItemsResponse>> PutAsync(HttpContext http)
    {
        ItemsRequest request = await bodies.ReadAsync<ItemsRequest>(http);
        Item[] items = request.ToItems();
        ItemRules.Check(items, await schemas.GetAsync(http.RequestAborted)).ThrowIfAny();
        int written = await grains.GetGrain<IItemCatalogueGrain>(0).PutAsync(items, http.RequestAborted);
        return new(new(written));
    }
}

/// <summary>Maps <c>/v1/items</c>.</summary>
internal static class MapItemsExtensions
{
    public static void MapItems(this IEndpointRouteBuilder v1, ItemsEndpoint endpoint, long maxBodyBytes) => v1
        .MapPut("/items", (Delegate)endpoint.PutAsync)
        .Needs(ApiScopes.Catalogue)
        .WithName("putItems")
        .WithTags("Items")
        .WithSummary("Add or replace items")
        .WithDescription("All items are written, or none. They are live on every silo within a second.")
        .WithMetadata(new BodyLimit(maxBodyBytes))
        .TakesJson<ItemsRequest>(Work.Write);
}
