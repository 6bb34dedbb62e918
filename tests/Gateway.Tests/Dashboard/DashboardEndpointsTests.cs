using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Tests.Auth;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Dashboard;

/// <summary>Orleans' dashboard as a gateway shows it, in front of a silo that collects nothing for it.</summary>
[Collection(GatewayCollection.Name)]
public sealed class DashboardEndpointsTests(GatewayFixture gateway)
{
    private static readonly (string Key, string Value) Enabled = ("Dashboard:Enabled", "true");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/dashboard/index.min.js")]
    [InlineData("/dashboard/DashboardCounters")]
    public async Task Dashboard_WhereItIsNotEnabled_IsNotThere(string path)
    {
        using HttpResponseMessage answer = await gateway.SendAsync(HttpMethod.Get, path);
        Assert.Equal($"There is no {path}.", await ProblemAssert.DetailAsync(answer, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Dashboard_WithoutAKey_HasTheBrowserAskForOne()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway, Enabled);
        using HttpResponseMessage answer = await keyed.SendAsync(null, HttpMethod.Get, "/dashboard/");
        await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.Unauthorized);
        Assert.Equal(["Bearer", "Basic"], answer.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
    }

    [Fact]
    public async Task Dashboard_WithAKeyAsPassword_AnswersAnAdministratorAlone()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway, Enabled);
        string admin = await keyed.AddKeyAsync(ApiScopes.Admin);
        using (HttpResponseMessage page = await GetAsync(keyed, "/dashboard/", Basic($"anybody:{admin}")))
        {
            Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
            Assert.Contains("default-src 'self'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("same-origin", Assert.Single(page.Headers.GetValues("Cross-Origin-Resource-Policy")));
        }

        string ranker = await keyed.AddKeyAsync(ApiScopes.Rank);
        using HttpResponseMessage other = await GetAsync(keyed, "/dashboard/", Basic($"anybody:{ranker}"));
        Assert.Equal("This needs the scope admin, which the caller does not have.", await ProblemAssert.DetailAsync(other, HttpStatusCode.Forbidden));
    }

    [Theory]
    [InlineData("Basic !")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Basic OmRva193cm9uZw==")]
    public async Task Dashboard_WithAPasswordThatIsNoKey_Answers401(string header)
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway, Enabled);
        using HttpResponseMessage answer = await GetAsync(keyed, "/dashboard/", header);
        await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Api_WithAKeyAsPassword_RefusesIt()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway, Enabled);
        using HttpResponseMessage answer = await GetAsync(keyed, "/v1/keys", Basic($":{await keyed.AddKeyAsync(ApiScopes.Admin)}"));
        Assert.Equal("The header Authorization must be sent once, as Bearer and a key or token.", await ProblemAssert.DetailAsync(answer, HttpStatusCode.Unauthorized));
    }

    [Theory]
    [InlineData("/dashboard/Trace", HttpStatusCode.NotFound, "There is no /dashboard/Trace.")]
    [InlineData("/dashboard/fonts/nothing", HttpStatusCode.NotFound, "There is no /dashboard/fonts/nothing.")]
    [InlineData("/dashboard/DashboardCounters", HttpStatusCode.ServiceUnavailable, "The silos do not collect what the dashboard shows. Set Dashboard:Enabled for each of them too.")]
    public async Task Dashboard_OfWhatIsNotThere_AnswersAsTheApiDoes(string path, HttpStatusCode status, string detail)
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway, Enabled);
        using HttpResponseMessage answer = await keyed.SendAsync(await keyed.AddKeyAsync(ApiScopes.Admin), HttpMethod.Get, path);
        Assert.True(answer.StatusCode == status, string.Join("\n", keyed.Logs.Lines.Where(l => l.Contains("Exception", StringComparison.Ordinal))));
        Assert.Equal(detail, await ProblemAssert.DetailAsync(answer, status));
    }

    private static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));

    private static async Task<HttpResponseMessage> GetAsync(KeyedGateway keyed, string path, string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(header);
        return await keyed.Http.SendAsync(request, Cancellation);
    }
}
