using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Http;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Schema;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DinOrleans.Gateway.Items;

/// <summary><c>GET /v1/items</c> and <c>GET /v1/items/{itemId}/similar</c>.</summary>
internal sealed class ItemSearchEndpoints(IGrainFactory grains, ClusterCalls calls, InputSchemaCache schemas)
{
    internal const int DefaultLimit = 20;
    internal const string ById = "id";
    private static readonly string[] Known = ["prefix", "feature", "value", "order", "limit", "after", ById];

    private IItemSearchGrain Search => grains.GetGrain<IItemSearchGrain>(0);

    public async Task<JsonAnswer<FoundItemsResponse>> FindAsync(HttpContext http)
    {
        var parameters = QueryParameters.Read(http.Request.Query, Known, list: ById);
        string[] ids = parameters.Texts(ById);
        if (ids.Length > 0)
        {
            return await GetAsync(ids, http);
        }

        return parameters.Text("order") switch
        {
            null or "id" => await FindAsync(parameters, http),
            "popular" => await PopularAsync(parameters, http),
            _ => throw new InvalidInputException([new("order", "must be id or popular")]),
        };
    }

    public async Task<Results<JsonAnswer<SimilarItemsResponse>, NotFound>> SimilarAsync(string itemId, HttpContext http)
    {
        string id = PathSegment.Decode(itemId, http, behind: 1);
        int limit = QueryParameters.Read(http.Request.Query, "limit").Whole("limit", DefaultLimit);
        Violations violations = SearchRules.CheckLimit(limit);
        violations.Add(SearchRules.CheckIds([id]));
        violations.ThrowIfAny();
        if (await calls.CallAsync(token => grains.GetGrain<ISimilarItemsGrain>(0).FindAsync(id, limit, token), http.RequestAborted) is not { } similar)
        {
            return TypedResults.NotFound();
        }

        Dictionary<string, Item> items = similar.Items.Count == 0
            ? []
            : (await calls.CallAsync(token => Search.GetAsync([.. similar.Items.Select(i => i.ItemId)], token), http.RequestAborted)).ToDictionary(i => i.ItemId, StringComparer.Ordinal);
        return new JsonAnswer<SimilarItemsResponse>(new(
            similar.Version,
            [.. similar.Items.Select(i => new SimilarItemResponse(i.ItemId, i.Similarity, items.TryGetValue(i.ItemId, out Item? item) ? item.Features : EmptyFeatures.Instance))]));
    }

    private async Task<JsonAnswer<FoundItemsResponse>> FindAsync(QueryParameters parameters, HttpContext http)
    {
        var search = new ItemSearch
        {
            Prefix = parameters.Text("prefix") ?? "",
            Feature = parameters.Text("feature"),
            Value = parameters.Text("value"),
            After = parameters.Text("after"),
            Limit = parameters.Whole("limit", DefaultLimit),
        };
        SearchRules.Check(search, await schemas.GetAsync(http.RequestAborted)).ThrowIfAny();
        ItemPage page = await calls.CallAsync(token => Search.FindAsync(search, token), http.RequestAborted);
        return new(new([.. page.Items.Select(i => new FoundItem(i.ItemId, i.Features))], page.Next));
    }

    private async Task<JsonAnswer<FoundItemsResponse>> PopularAsync(QueryParameters parameters, HttpContext http)
    {
        Violations violations = default;
        foreach (string name in (string[])["prefix", "after"])
        {
            if (parameters.Text(name) is not null)
            {
                violations.Add(name, "must not be given together with order=popular");
            }
        }

        var query = new PopularItemsQuery(parameters.Text("feature"), parameters.Text("value"), parameters.Whole("limit", DefaultLimit));
        violations.Add(SearchRules.Check(query, await schemas.GetAsync(http.RequestAborted)));
        violations.ThrowIfAny();
        PopularItems popular = await calls.CallAsync(token => grains.GetGrain<IPopularItemsGrain>(0).GetAsync(query, token), http.RequestAborted);
        return new(new([.. popular.Items.Select(p => new FoundItem(p.Item.ItemId, p.Item.Features, p.Events))], Next: null, popular.CountedAt));
    }

    private async Task<JsonAnswer<FoundItemsResponse>> GetAsync(string[] ids, HttpContext http)
    {
        Violations violations = SearchRules.CheckIds(ids);
        foreach (string other in http.Request.Query.Keys.Where(k => k != ById))
        {
            violations.Add(other, $"must not be given together with {ById}");
        }

        violations.ThrowIfAny();
        Dictionary<string, Item> found = (await calls.CallAsync(token => Search.GetAsync(ids, token), http.RequestAborted)).ToDictionary(i => i.ItemId, StringComparer.Ordinal);
        return new(new([.. ids.Distinct().Where(found.ContainsKey).Select(id => new FoundItem(id, found[id].Features))], Next: null));
    }
}

/// <summary>Items that were found.</summary>
/// <param name="Items">The items in the order that was asked for.</param>
/// <param name="Next">The query parameter "after" of the next page. It is left out on the last page.</param>
/// <param name="CountedAt">With order=popular, when behaviours were counted. It is left out while the first count is under way.</param>
internal sealed record FoundItemsResponse(IReadOnlyList<FoundItem> Items, string? Next, DateTimeOffset? CountedAt = null);

/// <summary>An item that was found.</summary>
/// <param name="ItemId">The id of the item.</param>
/// <param name="Features">The values of its features by name.</param>
/// <param name="Events">With order=popular, the number of events of the main behaviour sequence on it.</param>
internal sealed record FoundItem(string ItemId, IReadOnlyDictionary<string, string> Features, long? Events = null);

/// <summary>Items that are similar to one.</summary>
/// <param name="Version">The model version whose embeddings were compared.</param>
/// <param name="Items">The items, most similar first.</param>
internal sealed record SimilarItemsResponse(string Version, IReadOnlyList<SimilarItemResponse> Items);

/// <summary>An item that is similar to another one.</summary>
/// <param name="ItemId">The id of the item.</param>
/// <param name="Similarity">The cosine of the angle between the two embeddings, -1 to 1.</param>
/// <param name="Features">The values of its features by name. It has none where the catalogue does not have the item.</param>
internal sealed record SimilarItemResponse(string ItemId, float Similarity, IReadOnlyDictionary<string, string> Features);

/// <summary>Maps the search for items.</summary>
internal static class MapItemSearchExtensions
{
    public static void MapItemSearch(this IEndpointRouteBuilder v1, ItemSearchEndpoints endpoints)
    {
        RouteGroupBuilder items = v1.MapGroup("/items").WithTags("Items").Needs(ApiScopes.Catalogue);
        items.MapGet("", (Delegate)endpoints.FindAsync).WithName("findItems").WithSummary("Find items")
            .WithDescription("Items are found by their ids, by the value of a feature, by the beginning of their ids, or by popularity.")
            .Reads(
                new("prefix", "The beginning of the ids. Capital letters count.") { MaxLength = InputLimits.FeatureLength },
                new("feature", "A feature of items that is not a number. It is given together with \"value\"."),
                new("value", "The exact value of the feature.") { MaxLength = InputLimits.FeatureLength },
                new("order", "\"id\", which is the default, or \"popular\" for the items with the most events of the main behaviour sequence first.") { Values = ["id", "popular"] },
                RequestParameter.Limit(InputLimits.SearchRows, ItemSearchEndpoints.DefaultLimit, "items"),
                RequestParameter.After,
                new(ItemSearchEndpoints.ById, "The ids of the items to return. No other parameter may be given with it.") { MaxItems = InputLimits.SearchRows });
        items.MapGet("/{itemId}/similar", endpoints.SimilarAsync).WithName("getSimilarItems").WithSummary("Find similar items")
            .WithDescription("The answer has the items whose embeddings in the active version are most similar. It is 404 where no version is active, or where the active one has not learned the item.")
            .Reads(RequestParameter.Limit(InputLimits.SearchRows, ItemSearchEndpoints.DefaultLimit, "items"))
            .Fails(StatusCodes.Status404NotFound);
    }
}
