using System.Net;
using System.Text.RegularExpressions;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.WebConsole;

[Collection(GatewayCollection.Name)]
public sealed partial class ConsoleEndpointsTests(GatewayFixture gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/console")]
    [InlineData("/console/")]
    [InlineData("/console/try?user=u1&items=i1")]
    [InlineData("/console/users/a%2Fb")]
    [InlineData("/console/no/such/view")]
    public async Task Console_AtEveryAddress_IsThePage(string path)
    {
        using HttpResponseMessage answer = await gateway.SendAsync(HttpMethod.Get, path);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoCache);
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Served_HasItsFilesFromHereAndNothingInline()
    {
        string page = await gateway.Http.GetStringAsync("/console", Cancellation);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script[^>]*>[^<]", page);
        string[] files = [.. Address().Matches(page).Select(m => m.Groups["path"].Value)];
        Assert.Contains(files, f => f.EndsWith(".js", StringComparison.Ordinal));
        Assert.Contains(files, f => f.EndsWith(".css", StringComparison.Ordinal));
        foreach (string file in files)
        {
            using HttpResponseMessage answer = await gateway.SendAsync(HttpMethod.Get, file);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
            Assert.NotNull(answer.Headers.ETag);
        }
    }

    [Fact]
    public async Task Page_AskedForAgainWithItsTag_IsNotSentAgain()
    {
        using HttpResponseMessage first = await gateway.SendAsync(HttpMethod.Get, "/console");
        using HttpResponseMessage again = await gateway.SendAsync(HttpMethod.Get, "/console", null, ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Root_Asked_LeadsToTheConsole()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = gateway.Http.BaseAddress };
        using HttpResponseMessage answer = await http.GetAsync(new Uri("/", UriKind.Relative), Cancellation);
        Assert.Equal((HttpStatusCode.Found, "/console"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Asset_Unknown_IsNotFound()
    {
        using HttpResponseMessage answer = await gateway.SendAsync(HttpMethod.Get, "/console/assets/missing.js");
        await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Notices_Served_NameTheLibrariesInThePage()
    {
        string notices = await gateway.Http.GetStringAsync("/console/THIRD-PARTY-NOTICES.txt", Cancellation);
        Assert.Contains("preact", notices, StringComparison.Ordinal);
        Assert.Contains("uplot", notices, StringComparison.Ordinal);
        Assert.Contains("Permission is hereby granted", notices, StringComparison.Ordinal);
    }

    [GeneratedRegex("(src|href)=\"(?<path>/[^\"]+)\"")]
    private static partial Regex Address();
}
