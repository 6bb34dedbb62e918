using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Gateway.Tests.Users;

[Collection(GatewayCollection.Name)]
public sealed class UserSearchEndpointsTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Find_WithParameters_AsksForThemAndNamesTheNextPage()
    {
        JsonElement page = await gateway.JsonAsync(HttpMethod.Get, "/v1/users?prefix=u%2F&limit=2");
        Assert.Equal(["u1", "u2"], page.GetProperty("users").EnumerateArray().Select(u => u.GetString()));
        Assert.Equal("u2", page.GetProperty("next").GetString());
        Assert.Contains(new UserSearch { Prefix = "u/", Limit = 2 }, gateway.Script.UserSearches);
        JsonElement last = await gateway.JsonAsync(HttpMethod.Get, "/v1/users?after=u2");
        Assert.False(last.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task Find_ARandomUser_AsksForOne()
    {
        await gateway.JsonAsync(HttpMethod.Get, "/v1/users?random=true&limit=1");
        Assert.Contains(new UserSearch { Random = true, Limit = 1 }, gateway.Script.UserSearches);
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=101", "limit")]
    [InlineData("?limit=x", "limit")]
    [InlineData("?random=yes", "random")]
    [InlineData("?random=true&prefix=u", "random")]
    [InlineData("?after=%01", "after")]
    [InlineData("?name=u", "name")]
    [InlineData("?prefix=a&prefix=b", "prefix")]
    public async Task Find_ParametersThatBreakARule_AreNamed(string query, string field) => await FailsAsync("/v1/users" + query, field);

    [Fact]
    public async Task Recent_AnyUser_AnswersNewestFirstAndIsAudited()
    {
        var logs = new LogRecorder { Lowest = LogLevel.Information };
        await using WebApplication app = await GatewayFixture.StartAsync(gateway.Grains, TimeProvider.System, logs, _ => { });
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        JsonElement recent = await http.GetFromJsonAsync<JsonElement>("/v1/users/looked%2Fat/recent?limit=5", TestContext.Current.CancellationToken);
        Assert.Equal("looked/at", recent.GetProperty("userId").GetString());
        Assert.Equal("r1", recent.GetProperty("rankings")[0].GetProperty("rankingId").GetString());
        string line = Assert.Single(logs.Lines, l => l.Contains(Digest("looked/at"), StringComparison.Ordinal));
        Assert.Contains("read the user", line, StringComparison.Ordinal);
        Assert.DoesNotContain("looked", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?after=x", "after")]
    public async Task Recent_ParametersThatBreakARule_AreNamed(string query, string field) => await FailsAsync("/v1/users/u1/recent" + query, field);

    private static string Digest(string user) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user)));

    private async Task FailsAsync(string path, string field)
    {
        using HttpResponseMessage answer = await gateway.SendAsync(HttpMethod.Get, path);
        Assert.Contains(field, (await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.BadRequest)).Select(e => e.Split(' ')[0]));
    }
}
