using System.Net;
using System.Text.Json;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Items;

[Collection(GatewayCollection.Name)]
public sealed class ItemDaysEndpointTests(GatewayFixture gateway)
{
    [Theory]
    [InlineData("i1", "?days=366", "i1", 366)]
    [InlineData("i%2F1", "", "i/1", 90)]
    public async Task Get_ItemWithEvents_AnswersCountsByTypePerDay(string segment, string query, string id, int days)
    {
        JsonElement answer = await gateway.JsonAsync(HttpMethod.Get, $"/v1/items/{segment}/days{query}");
        Assert.Equal($$$"""{"itemId":"{{{id}}}","days":[{"day":"2026-01-31","events":{"buy":1,"click":12}}]}""", answer.GetRawText());
        Assert.Contains((id, days), gateway.Script.ItemDays);
    }

    [Theory]
    [InlineData("?days=0", "days")]
    [InlineData("?days=367", "days")]
    [InlineData("?days=many", "days")]
    [InlineData("?limit=1", "limit")]
    public async Task Get_ParameterThatBreaksARule_IsNamed(string query, string field)
    {
        using HttpResponseMessage answer = await gateway.SendAsync(HttpMethod.Get, "/v1/items/i1/days" + query);
        Assert.Contains(field, (await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.BadRequest)).Select(e => e.Split(' ')[0]));
    }
}
