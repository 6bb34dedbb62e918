using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Tests.Auth;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.TestMachine;

namespace DinOrleans.Gateway.Tests.Keys;

[Collection(GatewayCollection.Name)]
public sealed class KeysEndpointsTests(GatewayFixture gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Make_AKey_ShowsItOnceAndItWorksAtOnce()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        string admin = await keyed.AddKeyAsync(ApiScopes.Admin);
        using HttpResponseMessage made = await keyed.SendAsync(admin, HttpMethod.Post, "/v1/keys", """{"note":"shop","scopes":["models","rank"],"expiresAt":"2026-02-01T00:00:00+02:00"}""");
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.True(made.Headers.CacheControl?.NoStore);
        JsonElement answer = await made.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        string key = answer.GetProperty("key").GetString()!;
        string id = answer.GetProperty("info").GetProperty("id").GetString()!;
        Assert.Equal(
            $$"""{"id":"{{id}}","note":"shop","scopes":["models","rank"],"createdAt":"2026-01-31T12:00:00+00:00","expiresAt":"2026-02-01T00:00:00+02:00"}""",
            answer.GetProperty("info").GetRawText().Replace("\\u002B", "+", StringComparison.Ordinal));

        using HttpResponseMessage used = await keyed.SendAsync(key, HttpMethod.Get, "/v1/models");
        Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        using HttpResponseMessage listed = await keyed.SendAsync(admin, HttpMethod.Get, "/v1/keys");
        string list = await listed.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains(id, list, StringComparison.Ordinal);
        Assert.DoesNotContain(key[17..], list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_AKey_EndsItAtOnceAndMayBeRepeated()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        string admin = await keyed.AddKeyAsync(ApiScopes.Admin), key = await keyed.AddKeyAsync(ApiScopes.Models);
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage revoked = await keyed.SendAsync(admin, HttpMethod.Delete, $"/v1/keys/{key[4..16]}");
            Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        }

        using HttpResponseMessage used = await keyed.SendAsync(key, HttpMethod.Get, "/v1/models");
        Assert.Equal(HttpStatusCode.Unauthorized, used.StatusCode);
    }

    [Fact]
    public async Task Revoke_AnUnknownKey_Answers404()
    {
        using HttpResponseMessage answer = await gateway.SendAsync(HttpMethod.Delete, "/v1/keys/abcdefghijkl");
        await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{}", "note must be 1 to 200 characters of valid Unicode that are not all white space, without control characters", "scopes must have at least one of rank, events, catalogue, users.read, users.erase, models, experiments, training, admin")]
    [InlineData("""{"note":"a","scopes":["rank","root",null]}""", "scopes[1] must be one of rank, events, catalogue, users.read, users.erase, models, experiments, training, admin", "scopes[2] must be one of rank, events, catalogue, users.read, users.erase, models, experiments, training, admin")]
    [InlineData("""{"note":"a","scopes":["rank","rank"]}""", "scopes[1] must be given once")]
    [InlineData("""{"note":"a\nb","scopes":["rank"]}""", "note must be 1 to 200 characters of valid Unicode that are not all white space, without control characters")]
    [InlineData("""{"note":"a","scopes":["rank"],"expiresAt":"2026-01-31T12:00:00Z"}""", "expiresAt must lie in the future")]
    [InlineData("""{"note":"a","scopes":["rank"],"expiresAt":"tomorrow"}""", "expiresAt must be an RFC 3339 date and time with an offset, for example 2026-01-31T12:00:00Z")]
    [InlineData("""{"note":"a","scopes":["rank"],"key":"mine"}""", "key is not a field here")]
    public async Task Make_ABadKey_NamesFieldAndRuleAndMakesNone(string body, params string[] rules)
    {
        int before = gateway.Script.Keys.Count;
        using HttpResponseMessage answer = await gateway.PostAsync("/v1/keys", body);
        await ProblemAssert.BreaksAsync(answer, rules);
        Assert.Equal(before, gateway.Script.Keys.Count);
    }

    [Fact]
    public async Task Start_WithoutAKeyThatMayMakeOthers_PrintsAFirstOneOnce()
    {
        gateway.Script.Keys.Clear();
        await using KeyedGateway first = await KeyedGateway.StartAsync(gateway);
        string printed = await Eventually.BecomesAsync(
            "the first key is printed", () => Task.FromResult(first.Output.ToString()), text => text.Contains("dok_", StringComparison.Ordinal), cancellationToken: Cancellation);
        string key = printed.Split('\n').Single(line => line.Contains("dok_", StringComparison.Ordinal)).Trim();
        using HttpResponseMessage made = await first.SendAsync(key, HttpMethod.Post, "/v1/keys", """{"note":"second","scopes":["rank"]}""");
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);

        await using KeyedGateway second = await KeyedGateway.StartAsync(gateway);
        using HttpResponseMessage there = await second.SendAsync(key, HttpMethod.Get, "/v1/keys");
        Assert.Equal(HttpStatusCode.OK, there.StatusCode);
        await Eventually.BecomesAsync(
            "the second gateway has followed by itself", () => Task.FromResult(gateway.Script.KeyUses.Count(u => u.Revision == -1)), count => count >= 2, cancellationToken: Cancellation);
        Assert.Empty(second.Output.ToString());
    }
}
