using System.Diagnostics;
using System.Security.Authentication;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.Standalone.Tests.Starting;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests;

/// <summary>A server that Kestrel's own settings give a certificate, as docs/operation.md shows.</summary>
public sealed class HttpsTests : IDisposable
{
    private readonly EmptyShop _shop = new();
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_WithACertificate_AnswersThoseThatTrustItsAuthority()
    {
        IssuedCertificate issued = _authority.Issue("localhost");
        string certificate = _folder.Write("server.pem", issued.Certificate), key = _folder.Write("server.key", issued.Key), authority = _folder.Write("authority.pem", issued.Authority);
        var address = new Uri($"https://localhost:{_shop.Ports[0]}");
        await using MemberProcess server = MemberProcess.Start("Standalone", _shop.Arguments("Standalone", new Dictionary<string, string?>
        {
            ["--urls"] = null,
            ["--Auth:Mode"] = "Keys",
            ["--Kestrel:Endpoints:Https:Url"] = address.GetLeftPart(UriPartial.Authority),
            ["--Kestrel:Endpoints:Https:Certificate:Path"] = certificate,
            ["--Kestrel:Endpoints:Https:Certificate:KeyPath"] = key,
        }));

        using var trusting = new HttpClient(TrustingHandler.Of(issued.Authority));
        await Eventually.BecomesAsync("the server is ready", () => StatusAsync(trusting, new(address, "/health/ready"), server), status => status == "OK", cancellationToken: Cancellation);
        using var other = new HttpClient();
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => other.GetAsync(new Uri(address, "/health/live"), Cancellation));
        Assert.IsType<AuthenticationException>(refused.InnerException);

        // The command line trusts the authority where OpenSSL's variable names it.
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have a store of authorities, which a test must not change.");
        string first = (await Eventually.BecomesAsync("the first key is printed", () => server.Output, text => text.Contains("dok_", StringComparison.Ordinal), cancellationToken: Cancellation))
            .Split('\n').Single(line => line.Contains("dok_", StringComparison.Ordinal)).Trim();
        Assert.Contains("first key", (await ListKeysAsync(address, first, authority)).Succeeded(), StringComparison.Ordinal);
        CommandResult untrusted = await ListKeysAsync(address, first, authority: null);
        Assert.Equal(1, untrusted.ExitCode);
        Assert.Contains("SSL", Assert.Single(untrusted.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
        _shop.Dispose();
    }

    private static Task<CommandResult> ListKeysAsync(Uri address, string key, string? authority)
    {
        ProcessStartInfo start = Commands.Start("Cli", "keys", "list", "--url", address.ToString());
        start.Environment["DINORLEANS_KEY"] = key;
        start.Environment["SSL_CERT_FILE"] = authority;
        return Commands.RunAsync(start, Cancellation);
    }

    private static async Task<string> StatusAsync(HttpClient http, Uri address, MemberProcess server)
    {
        Assert.False(server.HasExited, server.Output);
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(address, Cancellation);
            return answer.StatusCode.ToString();
        }
        catch (HttpRequestException e) when (e.InnerException is not AuthenticationException)
        {
            return e.Message;
        }
    }
}
