using System.Net;
using System.Text.Json;
using DinOrleans.Contracts.Items;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Items;

[Collection(GatewayCollection.Name)]
public sealed class ItemSearchEndpointsTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Find_ByPrefixAndFeature_AsksForThemAndNamesTheNextPage()
    {
        JsonElement page = await gateway.JsonAsync(HttpMethod.Get, "/v1/items?prefix=i&feature=category&value=c7&limit=1");
        JsonElement item = page.GetProperty("items")[0];
        Assert.Equal(("i1", "c7"), (item.GetProperty("itemId").GetString(), item.GetProperty("features").GetProperty("category").GetString()));
        Assert.False(item.TryGetProperty("events", out _));
        Assert.Equal("i1", page.GetProperty("next").GetString());
        Assert.Contains(new ItemSearch { Prefix = "i", Feature = "category", Value = "c7", Limit = 1 }, gateway.Script.ItemSearches);
    }

    [Fact]
    public async Task Find_ByPopularity_AnswersCountsAndWhenTheyWereMade()
    {
        JsonElement page = await gateway.JsonAsync(HttpMethod.Get, "/v1/items?order=popular&limit=3");
        Assert.Equal(42, page.GetProperty("items")[0].GetProperty("events").GetInt64());
        Assert.Equal(ShopScript.Noon, page.GetProperty("countedAt").GetDateTimeOffset());
        Assert.Contains(new PopularItemsQuery(null, null, 3), gateway.Script.PopularQueries);
    }

    [Fact]
    public async Task Find_ByIds_AnswersThoseThatAreThereInTheirOrder()
    {
        JsonElement page = await gateway.JsonAsync(HttpMethod.Get, "/v1/items?id=i2&id=missing&id=i1&id=i2");
        Assert.Equal(["i2", "i1"], page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("itemId").GetString()));
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?feature=category", "value")]
    [InlineData("?value=c7", "value")]
    [InlineData("?feature=price&value=1", "feature")]
    [InlineData("?prefix=%00", "prefix")]
    [InlineData("?feature=category&value=%07", "value")]
    [InlineData("?order=new", "order")]
    [InlineData("?order=popular&prefix=i", "prefix")]
    [InlineData("?order=popular&after=i", "after")]
    [InlineData("?id=i1&prefix=i", "prefix")]
    [InlineData("?id=%01", "id[0]")]
    [InlineData("?category=c7", "category")]
    public async Task Find_ParametersThatBreakARule_AreNamed(string query, string field)
    {
        using HttpResponseMessage answer = await gateway.SendAsync(HttpMethod.Get, "/v1/items" + query);
        Assert.Contains(field, (await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.BadRequest)).Select(e => e.Split(' ')[0]));
    }

    [Theory]
    [InlineData("i1")]
    [InlineData("i%2F1")]
    public async Task Similar_KnownItem_AnswersWithFeaturesWhereTheCatalogueHasThem(string id)
    {
        JsonElement similar = await gateway.JsonAsync(HttpMethod.Get, $"/v1/items/{id}/similar?limit=2");
        Assert.Equal("v2", similar.GetProperty("version").GetString());
        JsonElement items = similar.GetProperty("items");
        Assert.Equal((0.75f, "c7"), (items[0].GetProperty("similarity").GetSingle(), items[0].GetProperty("features").GetProperty("category").GetString()));
        Assert.Empty(items[1].GetProperty("features").EnumerateObject());
    }

    [Fact]
    public async Task Similar_ItemWithoutAnEmbedding_IsNotFound()
    {
        using HttpResponseMessage answer = await gateway.SendAsync(HttpMethod.Get, "/v1/items/unknown/similar");
        await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.NotFound);
    }
}
