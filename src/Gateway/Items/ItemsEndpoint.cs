using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Items;

/// <summary><c>PUT /v1/items</c>.</summary>
internal static class ItemsEndpoint
{
    public static void MapItems(this IEndpointRouteBuilder routes) => routes
        .MapPut("/v1/items", HandleAsync)
        .Accepts<ItemsRequest>("application/json")
        .Produces<ItemsResponse>()
        .WithSummary("Adds or replaces items, all or none; live on every silo within a second.");

    private static async Task HandleAsync(HttpContext context, IGrainFactory grains, InputSchemaCache schemas)
    {
        ItemsRequest request = await RequestBody.ReadAsync(context, WireJson.Default.ItemsRequest).ConfigureAwait(false);
        List<Violation>? violations = null;
        List<ItemBody> bodies = request.Items ?? [];
        var items = new Item[bodies.Count];
        for (int i = 0; i < items.Length; i++)
        {
            ItemBody body = bodies[i] ?? new ItemBody();
            items[i] = new(body.ItemId ?? "", FeatureValues.Read(body.Features, $"items[{i}].features", ref violations));
        }

        var schema = await schemas.GetAsync(context.RequestAborted).ConfigureAwait(false);
        IReadOnlyList<Violation> broken = [.. violations ?? [], .. ItemRules.Check(items, schema)];
        broken.ThrowIfAny();
        int written = await grains.GetGrain<IItemCatalogueGrain>(0).PutAsync(items, context.RequestAborted).ConfigureAwait(false);
        await RequestBody.WriteAsync(context, new ItemsResponse(written), WireJson.Default.ItemsResponse).ConfigureAwait(false);
    }
}
