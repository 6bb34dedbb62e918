using System.Net;
using System.Text.Json;
using DinOrleans.Contracts.Items;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Items;

[Collection(GatewayCollection.Name)]
public sealed class ItemsEndpointTests(GatewayFixture gateway)
{
    private const string TimeRule = "must be a date and time with an offset, for example 2026-01-31T12:00:00Z, from 2000-01-01 to 2100-01-01";

    public static TheoryData<string, string> Broken => new()
    {
        { "{}", "items must be 1 to 1,000 items" },
        { """{"items":[]}""", "items must be 1 to 1,000 items" },
        { $$"""{"items":[{{string.Join(',', Enumerable.Range(0, 1001).Select(i => $$"""{"itemId":"i{{i}}"}"""))}}]}""", "items must be 1 to 1,000 items" },
        { """{"items":[null]}""", "items[0].itemId must be 1 to 200 characters" },
        { """{"items":[{"itemId":""}]}""", "items[0].itemId must be 1 to 200 characters" },
        { """{"items":[{"itemId":"a"},{"itemId":"a"}]}""", "items[1].itemId must occur once" },
        { """{"items":[{"itemId":"a","features":{"colour":"red"}}]}""", "items[0].features.colour is not a feature; the known features are category, price" },
        { """{"items":[{"itemId":"a","features":{"price":"cheap"}}]}""", "items[0].features.price must be a finite number from -3.4e38 to 3.4e38" },
        { """{"items":[{"itemId":"a","features":{"price":1e999}}]}""", "items[0].features.price must be a finite number from -3.4e38 to 3.4e38" },
        { """{"items":[{"itemId":"a","features":{"price":1.7976931348623157e308}}]}""", "items[0].features.price must be a finite number from -3.4e38 to 3.4e38" },
        { """{"items":[{"itemId":"\u3000"}]}""", "items[0].itemId must not be only white space" },
        { """{"items":[{"itemId":"a","features":{"price":[1]}}]}""", "items[0].features.price must be a string or a number" },
        { """{"items":[{"itemId":"a","category":"c1"}]}""", "items[0].category is not a field here" },
        { """{"items":[{"itemId":"a","available":"no"}]}""", "items[0].available must be true or false" },
        { """{"items":[{"itemId":"a","availableFrom":"soon"}]}""", $"items[0].availableFrom {TimeRule}" },
        { """{"items":[{"itemId":"a","availableUntil":"1999-12-31T23:59:59Z"}]}""", $"items[0].availableUntil {TimeRule}" },
        {
            """{"items":[{"itemId":"a","availableFrom":"2026-02-01T00:00:00Z","availableUntil":"2026-02-01T00:00:00Z"}]}""",
            "items[0].availableUntil must lie after availableFrom"
        },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Put_OneRuleBroken_NamesFieldAndRuleAndWritesNothing(string json, string expected)
    {
        int before = gateway.Script.Items.Count;
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Put, "/v1/items", json);
        await ProblemAssert.BreaksAsync(response, expected);
        Assert.Equal(before, gateway.Script.Items.Count);
    }

    [Fact]
    public async Task Put_Items_ReachTheCatalogueWithNumbersInTheirOwnNotation()
    {
        JsonElement answer = await gateway.JsonAsync(
            HttpMethod.Put, "/v1/items", """{"items":[{"itemId":"put 1","features":{"category":"c7","price":9.90}},{"itemId":"put 2"}]}""");
        Assert.Equal("""{"accepted":2}""", answer.GetRawText());
        Item item = gateway.Script.Items.Single(i => i.ItemId == "put 1");
        Assert.Equal(("c7", "9.90"), (item.Features["category"], item.Features["price"]));
        Assert.Empty(gateway.Script.Items.Single(i => i.ItemId == "put 2").Features);
    }

    [Fact]
    public async Task Get_ItemPutWithItsAvailability_AnswersWhatWasPut()
    {
        await gateway.JsonAsync(
            HttpMethod.Put,
            "/v1/items",
            """{"items":[{"itemId":"a/b ü","features":{"price":1},"available":false,"availableFrom":"2026-02-01T00:00:00Z","availableUntil":"2026-03-01T00:00:00+01:00"}]}""");

        JsonElement item = await gateway.JsonAsync(HttpMethod.Get, "/v1/items/a%2Fb%20%C3%BC");

        Assert.Equal(
            """{"itemId":"a/b \u00FC","features":{"price":"1"},"available":false,"availableFrom":"2026-02-01T00:00:00+00:00","availableUntil":"2026-03-01T00:00:00+01:00"}""",
            item.GetRawText());
    }

    [Fact]
    public async Task Get_UnknownItem_Answers404()
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Get, "/v1/items/nobody-put-it");
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Delete_Item_ReachesTheCatalogue()
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Delete, "/v1/items/sold%20out");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Contains("sold out", gateway.Script.DeletedItems);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Item_IdThatBreaksARule_IsRefused(string method)
    {
        using HttpResponseMessage response = await gateway.SendAsync(new HttpMethod(method), "/v1/items/" + new string('x', 201));
        await ProblemAssert.BreaksAsync(response, "itemId must be 1 to 200 characters");
    }

    [Fact]
    public async Task Put_BodyOfThreeMegabytes_IsTaken()
    {
        string json = $$"""{"items":[{"itemId":"large"}]{{new string(' ', 3 << 20)}}}""";
        Assert.Equal(1, (await gateway.JsonAsync(HttpMethod.Put, "/v1/items", json)).GetProperty("accepted").GetInt32());
    }
}
