using System.Text.Json;
using DinOrleans.Contracts.Items;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Items;

[Collection(GatewayCollection.Name)]
public sealed class ItemsEndpointTests(GatewayFixture gateway)
{
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
    public async Task Put_BodyOfThreeMegabytes_IsTaken()
    {
        string json = $$"""{"items":[{"itemId":"large"}]{{new string(' ', 3 << 20)}}}""";
        Assert.Equal(1, (await gateway.JsonAsync(HttpMethod.Put, "/v1/items", json)).GetProperty("accepted").GetInt32());
    }
}
