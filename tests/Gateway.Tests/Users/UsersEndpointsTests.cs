using System.Net;
using System.Text.Json;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Users;

[Collection(GatewayCollection.Name)]
public sealed class UsersEndpointsTests(GatewayFixture gateway)
{
    public static TheoryData<string, string> Broken => new()
    {
        { "{}", "features must be given" },
        { """{"features":{"city":"x"}}""", "features.city is not a feature; the known features are country, age" },
        { """{"features":{"age":"old"}}""", "features.age must be a finite number from -3.4e38 to 3.4e38" },
        { """{"features":{"age":null}}""", "features.age must be a string or a number" },
        { """{"profile":{}}""", "profile is not a field here" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Put_OneRuleBroken_NamesFieldAndRuleAndChangesNothing(string json, string expected)
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Put, "/v1/users/unchanged", json);
        await ProblemAssert.BreaksAsync(response, expected);
        Assert.False(gateway.Script.Profiles.ContainsKey("unchanged"));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task User_WithAnIdOfWhiteSpace_NamesTheRule(string method)
    {
        foreach (string id in (string[])["%20", "%C2%A0", "%E3%80%80"])
        {
            using HttpResponseMessage response = await gateway.SendAsync(new HttpMethod(method), "/v1/users/" + id, method == "PUT" ? """{"features":{}}""" : null);
            await ProblemAssert.BreaksAsync(response, "userId must not be only white space");
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task User_WithAnIdTooLong_NamesTheRule(string method)
    {
        using HttpResponseMessage response = await gateway.SendAsync(new HttpMethod(method), "/v1/users/" + new string('x', 201));
        await ProblemAssert.BreaksAsync(response, "userId must be 1 to 200 characters");
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("a b?c#d")]
    [InlineData("商品👟")]
    public async Task User_OfAnyId_IsPutReadAndErased(string userId)
    {
        string path = "/v1/users/" + Uri.EscapeDataString(userId);
        using HttpResponseMessage put = await gateway.SendAsync(HttpMethod.Put, path, """{"features":{"country":"de","age":30}}""");
        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);

        JsonElement read = await gateway.JsonAsync(HttpMethod.Get, path);
        Assert.Equal(userId, read.GetProperty("userId").GetString());
        Assert.Equal(("de", "30"), (read.GetProperty("features").GetProperty("country").GetString(), read.GetProperty("features").GetProperty("age").GetString()));

        using HttpResponseMessage erased = await gateway.SendAsync(HttpMethod.Delete, path);
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        Assert.Contains(userId, gateway.Script.Erased);
    }

    [Fact]
    public async Task Get_Behaviours_ComeInTheFormThatEventsTake()
    {
        string sent = """{"events":[{"eventId":"e1","userId":"exported","itemId":"i1","type":"click","timestamp":"2026-01-31T12:00:00Z","rankingId":"r1","context":{"device":"ios"}}]}""";
        await gateway.JsonAsync(HttpMethod.Post, "/v1/events", sent);
        JsonElement user = await gateway.JsonAsync(HttpMethod.Get, "/v1/users/exported");
        string again = $$"""{"events":{{user.GetProperty("behaviours").GetRawText()}}}""";
        gateway.Script.Appended.Clear();
        await gateway.JsonAsync(HttpMethod.Post, "/v1/events", again);
        Assert.Equal(("e1", "i1", "r1", ShopScript.Noon), gateway.Script.Appended["exported"].Select(e => (e.EventId, e.ItemId, e.RankingId, e.Timestamp)).Single());
    }

    [Fact]
    public async Task Get_LoggedRankings_AreExportedWithWhatTheyReturned()
    {
        JsonElement user = await gateway.JsonAsync(HttpMethod.Get, "/v1/users/shown");
        JsonElement ranking = Assert.Single(user.GetProperty("rankings").EnumerateArray());
        Assert.Equal(("r1", "v1"), (ranking.GetProperty("rankingId").GetString(), ranking.GetProperty("modelVersion").GetString()));
        JsonElement item = Assert.Single(ranking.GetProperty("items").EnumerateArray());
        Assert.Equal(("i1", 0.5f), (item.GetProperty("itemId").GetString(), item.GetProperty("score").GetSingle()));
    }

    [Fact]
    public async Task Get_WithoutParameters_IsTheFirstPageAndSaysWhereTheNextStarts()
    {
        JsonElement first = await gateway.JsonAsync(HttpMethod.Get, "/v1/users/paged");
        Assert.Equal(new UserPageQuery(1_000, null), gateway.Script.Pages["paged"]);
        JsonElement last = await gateway.JsonAsync(HttpMethod.Get, $"/v1/users/paged?limit=20&after={first.GetProperty("next").GetString()}");
        Assert.Equal(new UserPageQuery(20, "b-1-2"), gateway.Script.Pages["paged"]);
        Assert.False(last.TryGetProperty("next", out _));
    }

    [Theory]
    [InlineData("limit=0", "limit must be 1 to 1,000")]
    [InlineData("limit=1001", "limit must be 1 to 1,000")]
    [InlineData("limit=many", "limit must be 1 to 1,000")]
    [InlineData("limit=", "limit must be 1 to 1,000")]
    [InlineData("after=here", "after must be the \"next\" of a page")]
    [InlineData("page=2", "page is not a query parameter here; known are limit, after")]
    [InlineData("after=b-1-2&after=b-1-3", "after must be given once")]
    public async Task Get_ParameterThatBreaksARule_NamesIt(string query, string expected)
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Get, "/v1/users/unpaged?" + query);
        await ProblemAssert.BreaksAsync(response, expected);
        Assert.False(gateway.Script.Pages.ContainsKey("unpaged"));
    }
}
