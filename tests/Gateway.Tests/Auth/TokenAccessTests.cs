using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using DinOrleans.Gateway.Tests.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace DinOrleans.Gateway.Tests.Auth;

/// <summary>Requests with JSON Web Tokens of servers and users.</summary>
[Collection(GatewayCollection.Name)]
public sealed class TokenAccessTests(GatewayFixture gateway) : IDisposable
{
    private readonly TokenMaker _provider = new();

    public void Dispose() => _provider.Dispose();

    [Theory]
    [InlineData("models rank")]
    [InlineData("openid models")]
    public async Task Request_WithTheScopeInOneText_IsAnswered(string scopes)
    {
        await using KeyedGateway keyed = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await ModelsAsync(keyed, _provider.Make(("sub", "shop"), ("scope", scopes))));
    }

    [Fact]
    public async Task Request_WithTheScopeInAList_IsAnswered()
    {
        await using KeyedGateway keyed = await StartAsync(("Auth:ScopeClaim", "scp"));
        Assert.Equal(HttpStatusCode.OK, await ModelsAsync(keyed, _provider.Make(("client_id", "shop"), ("scp", new[] { "rank", "models" }))));
    }

    [Fact]
    public async Task Request_WithoutTheScope_Answers403()
    {
        await using KeyedGateway keyed = await StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await ModelsAsync(keyed, _provider.Make(("client_id", "shop"), ("scope", "rank"))));
        Assert.Equal(HttpStatusCode.Forbidden, await ModelsAsync(keyed, _provider.Make(("client_id", "shop"))));
        Assert.Equal(HttpStatusCode.Forbidden, await ModelsAsync(keyed, _provider.Make(("sub", "u1"))));
    }

    [Fact]
    public async Task Request_WithATokenThatIsNotRight_Answers401AndSaysWhy()
    {
        await using KeyedGateway keyed = await StartAsync();
        using ECDsa stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var strangers = new SigningCredentials(new ECDsaSecurityKey(stranger) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha256);
        var shared = new SigningCredentials(new SymmetricSecurityKey(new byte[32]) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256);
        (string Token, string Reason)[] wrong =
        [
            ("", "is not a JSON Web Token"),
            ("a.b.c", "is not a JSON Web Token"),
            (Server(t => t.Expires = DateTime.UtcNow.AddHours(-1)), "has expired"),
            (Server(t => t.Expires = null), "must have an expiry"),
            (Server(t => t.NotBefore = DateTime.UtcNow.AddMinutes(30)), "is not valid yet"),
            (Server(t => t.Issuer = "https://other.example"), "of another issuer"),
            (Server(t => t.Audience = "another"), "for another audience"),
            (Server(t => t.SigningCredentials = strangers), "is not signed by a key that this server trusts"),
            (Server(t => t.SigningCredentials = shared), "is not signed by a key that this server trusts"),
            (Server(t => t.SigningCredentials = null), "is not signed by a key that this server trusts"),
            (_provider.Make(("scope", "models")), "names nobody"),
            (_provider.Make(("sub", "a\nb")), "names nobody"),
        ];
        foreach ((string token, string reason) in wrong)
        {
            using HttpResponseMessage answer = await keyed.SendAsync(token.Length > 0 ? token : "x", HttpMethod.Get, "/v1/models");
            Assert.Contains(reason, await ProblemAssert.DetailAsync(answer, HttpStatusCode.Unauthorized), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Request_OfAUser_ReachesOnlyThatUsersData()
    {
        await using KeyedGateway keyed = await StartAsync();
        string token = _provider.Make(("sub", "token-user"));
        (HttpMethod Method, string Path, string? Body, HttpStatusCode Status)[] requests =
        [
            (HttpMethod.Post, "/v1/rank", Rank("token-user"), HttpStatusCode.OK),
            (HttpMethod.Post, "/v1/rank", Rank("other-user"), HttpStatusCode.Forbidden),
            (HttpMethod.Post, "/v1/events", Events("token-user"), HttpStatusCode.OK),
            (HttpMethod.Post, "/v1/events", Events("token-user", "other-user"), HttpStatusCode.Forbidden),
            (HttpMethod.Get, "/v1/users/token-user", null, HttpStatusCode.OK),
            (HttpMethod.Get, "/v1/users/other-user", null, HttpStatusCode.Forbidden),
            (HttpMethod.Put, "/v1/users/token-user", """{"features":{}}""", HttpStatusCode.Forbidden),
            (HttpMethod.Delete, "/v1/users/token-user", null, HttpStatusCode.Forbidden),
            (HttpMethod.Put, "/v1/items", "{}", HttpStatusCode.Forbidden),
            (HttpMethod.Get, "/v1/keys", null, HttpStatusCode.Forbidden),
            (HttpMethod.Get, "/metrics", null, HttpStatusCode.Forbidden),
        ];
        foreach ((HttpMethod method, string path, string? body, HttpStatusCode status) in requests)
        {
            using HttpResponseMessage answer = await keyed.SendAsync(token, method, path, body);
            Assert.Equal((path, status), (path, answer.StatusCode));
        }

        Assert.DoesNotContain("other-user", gateway.Script.Queries.Keys);
        Assert.DoesNotContain("other-user", gateway.Script.Appended.Keys);
    }

    [Fact]
    public async Task Request_OfAUserWithAServersScope_IsTheServers()
    {
        await using KeyedGateway keyed = await StartAsync();
        string token = _provider.Make(("sub", "token-user"), ("scope", "rank"));
        using HttpResponseMessage answer = await keyed.SendAsync(token, HttpMethod.Post, "/v1/rank", Rank("anybody"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Request_WhileTheProviderCannotBeAsked_Answers503()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(
            gateway, follows: false, ("Auth:Mode", "Jwt"), ("Auth:Issuer", TokenMaker.Issuer), ("Auth:Audience", TokenMaker.Audience), ("Auth:Authority", "http://127.0.0.1:1"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ModelsAsync(keyed, _provider.Make(("sub", "shop"), ("scope", "models"))));
    }

    private string Server(Action<SecurityTokenDescriptor> change) => _provider.Make(change, ("sub", "shop"), ("scope", "models"));

    private static string Rank(string user) => $$"""{"userId":"{{user}}","candidates":[{"itemId":"a"}]}""";

    private static string Events(params string[] users) => JsonSerializer.Serialize(
        new { events = users.Select(u => new { eventId = "token-" + u, userId = u, itemId = "a", type = "click", timestamp = ShopScript.Noon }) });

    private Task<KeyedGateway> StartAsync(params (string, string)[] settings) => KeyedGateway.StartAsync(gateway, follows: false, [.. _provider.Settings, .. settings]);

    private static async Task<HttpStatusCode> ModelsAsync(KeyedGateway keyed, string token)
    {
        using HttpResponseMessage answer = await keyed.SendAsync(token, HttpMethod.Get, "/v1/models");
        return answer.StatusCode;
    }
}
