using System.Net;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.TestMachine;

namespace DinOrleans.Gateway.Tests.Auth;

/// <summary>Requests with right, wrong and missing keys.</summary>
[Collection(GatewayCollection.Name)]
public sealed class KeyAccessTests(GatewayFixture gateway)
{
    private const string Ranking = """{"userId":"keyed","candidates":[{"itemId":"a"}]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_WithoutAKey_Answers401WithAChallenge()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        using HttpResponseMessage answer = await keyed.SendAsync(null, HttpMethod.Post, "/v1/rank", Ranking);
        Assert.Equal("This server asks who calls: send the header Authorization with Bearer and a key or token.", await ProblemAssert.DetailAsync(answer, HttpStatusCode.Unauthorized));
        Assert.Equal("Bearer realm=\"dinorleans\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Request_WithoutTheScope_Answers403AndNamesIt()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        using HttpResponseMessage answer = await keyed.SendAsync(await keyed.AddKeyAsync(ApiScopes.Rank, ApiScopes.Admin), HttpMethod.Post, "/v1/events", "{}");
        Assert.Equal("This needs the scope events, which the caller does not have.", await ProblemAssert.DetailAsync(answer, HttpStatusCode.Forbidden));
        Assert.Contains("error=\"insufficient_scope\", scope=\"events\"", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short", "dok_", "does not have the form")]
    [InlineData("no prefix", "abcdefghijkl_0123456789abcdefghijklmnopqrstuvwxyz01234567890", "does not have the form")]
    [InlineData("id in capitals", "dok_ABCDEFGHIJKL_0123456789abcdefghijklmnopqrstuvwxyz0123456", "does not have the form")]
    [InlineData("secret with a dot", "dok_abcdefghijkl_0123456789abcdefghijklmnopqrstuvwxyz012345.", "does not have the form")]
    [InlineData("nobody's", "dok_abcdefghijkl_0123456789abcdefghijklmnopqrstuvwxyz0123456", "is not known")]
    public async Task Request_WithAKeyThatIsNone_Answers401AndSaysWhatIsWrong(string _, string key, string expected)
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        using HttpResponseMessage answer = await keyed.SendAsync(key, HttpMethod.Post, "/v1/rank", Ranking);
        Assert.Contains(expected, await ProblemAssert.DetailAsync(answer, HttpStatusCode.Unauthorized), StringComparison.Ordinal);
        Assert.Contains("error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithAnotherSecretForAKnownId_IsToldNoMoreThanAStranger()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        string key = await keyed.AddKeyAsync(ApiScopes.Rank);
        string other = key[..^1] + (key[^1] == 'A' ? 'B' : 'A');
        using HttpResponseMessage answer = await keyed.SendAsync(other, HttpMethod.Post, "/v1/rank", Ranking);
        Assert.Equal("The key is not known here.", await ProblemAssert.DetailAsync(answer, HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Request_WithAnotherScheme_Answers401()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.TryAddWithoutValidation("Authorization", "Basic dXNlcjpwYXNz");
        using HttpResponseMessage answer = await keyed.Http.SendAsync(request, Cancellation);
        Assert.Equal("The header Authorization must be sent once, as Bearer and a key or token.", await ProblemAssert.DetailAsync(answer, HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Request_AfterTheKeysExpiry_Answers401()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        string key = await keyed.AddKeyAsync(info => info with { ExpiresAt = ShopScript.Noon.AddMinutes(1) }, ApiScopes.Models);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(keyed, key));
        keyed.Time.Advance(TimeSpan.FromMinutes(1));
        using HttpResponseMessage answer = await keyed.SendAsync(key, HttpMethod.Get, "/v1/models");
        Assert.Equal("The key has expired.", await ProblemAssert.DetailAsync(answer, HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Request_AfterTheKeyWasRevokedElsewhere_IsRefusedOnceTheGatewayHasAsked()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        string key = await keyed.AddKeyAsync(ApiScopes.Models);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(keyed, key));
        await gateway.Grains.GetGrain<IApiKeysGrain>(0).RevokeAsync(key[4..16], Cancellation);

        // The gateway asks when its clock has moved on by two seconds, on a thread of its own.
        await Eventually.BecomesAsync(
            "the key is refused",
            async () =>
            {
                keyed.Time.Advance(TimeSpan.FromSeconds(2));
                return await StatusAsync(keyed, key);
            },
            status => status == HttpStatusCode.Unauthorized,
            cancellationToken: Cancellation);
        using HttpResponseMessage answer = await keyed.SendAsync(key, HttpMethod.Get, "/v1/models");
        Assert.Equal("The key was revoked.", await ProblemAssert.DetailAsync(answer, HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Request_BeforeTheClusterHasToldTheKeys_Answers503()
    {
        gateway.Script.TellKeys = () => throw new StoreUnavailableException("away");
        try
        {
            await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway, follows: false, ("Auth:Mode", "Keys"));
            using HttpResponseMessage answer = await keyed.SendAsync("dok_abcdefghijkl_0123456789abcdefghijklmnopqrstuvwxyz0123456", HttpMethod.Get, "/v1/models");
            await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.ServiceUnavailable);
            Assert.NotNull(answer.Headers.RetryAfter);
        }
        finally
        {
            gateway.Script.TellKeys = () => { };
        }
    }

    [Fact]
    public async Task Request_AfterTheKeyWasRevokedWhileTheClusterHung_IsRefusedWithinSeconds()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        string key = await keyed.AddKeyAsync(ApiScopes.Models);
        var hang = (Reached: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), Cancelled: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        gateway.Script.KeysHang = hang;
        await Eventually.BecomesAsync(
            "the gateway asks for the keys",
            () =>
            {
                keyed.Time.Advance(TimeSpan.FromSeconds(2));
                return hang.Reached.Task.IsCompleted;
            },
            reached => reached,
            cancellationToken: Cancellation);
        gateway.Script.KeysHang = null;
        HashedApiKey held = gateway.Script.Keys[key[4..16]];
        gateway.Script.Keys[key[4..16]] = held with { Info = held.Info with { RevokedAt = ShopScript.Noon } };

        keyed.Time.Advance(TimeSpan.FromSeconds(4));
        await hang.Cancelled.Task.WaitAsync(Eventually.Timeout, Cancellation);
        await Eventually.BecomesAsync(
            "the key is refused",
            async () =>
            {
                keyed.Time.Advance(TimeSpan.FromSeconds(2));
                return await StatusAsync(keyed, key);
            },
            status => status == HttpStatusCode.Unauthorized,
            cancellationToken: Cancellation);
    }

    [Fact]
    public async Task Request_WhileTheClusterIsAway_IsAnsweredUntilTheKeysAreTooOld()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway, ("Auth:KeysMaxAge", "00:01:00"));
        string key = await keyed.AddKeyAsync(ApiScopes.Models);
        gateway.Script.TellKeys = () => throw new StoreUnavailableException("away");
        try
        {
            keyed.Time.Advance(TimeSpan.FromSeconds(60));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(keyed, key));
            keyed.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(keyed, key));
        }
        finally
        {
            gateway.Script.TellKeys = () => { };
        }

        await keyed.FollowAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(keyed, key));
    }

    [Fact]
    public async Task Follow_AfterAKeyWasUsed_TellsWhen()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        string key = await keyed.AddKeyAsync(ApiScopes.Models);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(keyed, key));
        await keyed.FollowAsync();
        Assert.Contains(gateway.Script.KeyUses, use => use.Used.TryGetValue(key[4..16], out DateTimeOffset at) && at == ShopScript.Noon);
    }

    [Theory]
    [InlineData("/v1/models?access_token=KEY")]
    [InlineData("/v1/models?a=b&KEY")]
    [InlineData("/v1/keys/KEY")]
    [InlineData("/v1/models?a=%64ok%5FKEY")]
    [InlineData("/nowhere?api_key=1")]
    [InlineData("/v1/models?Authorization=Bearer%20x")]
    public async Task Request_WithAKeyInTheAddress_IsRefusedWithoutRepeatingIt(string address)
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        string key = await keyed.AddKeyAsync(ApiScopes.Models);
        using HttpResponseMessage answer = await keyed.SendAsync(key, HttpMethod.Get, address.Replace("%64ok%5FKEY", $"%64ok%5F{key[4..]}", StringComparison.Ordinal).Replace("KEY", key, StringComparison.Ordinal));
        Assert.DoesNotContain(key[4..], await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("must be sent in the header Authorization", await ProblemAssert.DetailAsync(answer, HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_BeyondTheRateOfItsKey_Answers429UntilThereIsRoomAgain()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway, ("Auth:RequestsPerSecond", "0.5"), ("Auth:Burst", "2"));
        string key = await keyed.AddKeyAsync(ApiScopes.Models), other = await keyed.AddKeyAsync(ApiScopes.Models);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [await StatusAsync(keyed, key), await StatusAsync(keyed, key)]);
        using HttpResponseMessage refused = await keyed.SendAsync(key, HttpMethod.Get, "/v1/models");
        Assert.Equal("The caller has sent more requests than it may per second.", await ProblemAssert.DetailAsync(refused, HttpStatusCode.TooManyRequests));
        Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(keyed, other));
        await keyed.FollowAsync();
        keyed.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], [await StatusAsync(keyed, key), await StatusAsync(keyed, key)]);
    }

    [Theory]
    [InlineData(ApiScopes.Experiments, HttpStatusCode.OK)]
    [InlineData(ApiScopes.Events, HttpStatusCode.BadRequest)]
    public async Task Ranking_ThatAsksForAnArm_NeedsTheScopeExperiments(string scope, HttpStatusCode expected)
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway, ("Gateway:ExperimentOverrides", "true"));
        string key = await keyed.AddKeyAsync(ApiScopes.Rank, scope);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/rank") { Content = new StringContent(Ranking, null, "application/json") };
        request.Headers.Authorization = new("Bearer", key);
        request.Headers.Add("X-Experiment-Override", "e=a");
        using HttpResponseMessage answer = await keyed.Http.SendAsync(request, Cancellation);
        Assert.Equal(expected, answer.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(KeyedGateway keyed, string key)
    {
        using HttpResponseMessage answer = await keyed.SendAsync(key, HttpMethod.Get, "/v1/models");
        return answer.StatusCode;
    }
}
