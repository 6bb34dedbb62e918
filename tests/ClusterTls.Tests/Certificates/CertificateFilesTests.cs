using DinOrleans.ClusterTls.Certificates;
using DinOrleans.ClusterTls.Settings;
using DinOrleans.Programs.Settings;
using DinOrleans.TestMachine;

namespace DinOrleans.ClusterTls.Tests.Certificates;

public sealed class CertificateFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();

    /// <summary>What is wrong, and what the line must say.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { "no certificate file", "ClusterTls:CertificateFile is \"{folder}/cluster.pem\": it must be a file that this process may read" },
        { "no key file", "ClusterTls:KeyFile is \"{folder}/cluster.key\": it must be a file that this process may read" },
        { "no authority file", "ClusterTls:AuthorityFile is \"{folder}/authority.pem\": it must be a file that this process may read" },
        { "a folder as certificate", "ClusterTls:CertificateFile is \"{folder}/cluster.pem\": it must be a file that this process may read" },
        { "text as certificate", "ClusterTls:CertificateFile is \"{folder}/cluster.pem\": it must be a PEM file with a certificate." },
        { "a broken certificate", "ClusterTls:CertificateFile is \"{folder}/cluster.pem\": it must be a PEM file with a certificate." },
        { "text as authority", "ClusterTls:AuthorityFile is \"{folder}/authority.pem\": it must be a PEM file with a certificate." },
        { "text as key", "ClusterTls:KeyFile is \"{folder}/cluster.key\": it must be a PEM file with the private key of the certificate in ClusterTls:CertificateFile, not encrypted." },
        { "a key of another certificate", "ClusterTls:KeyFile is \"{folder}/cluster.key\": it must be a PEM file with the private key of the certificate" },
        { "an encrypted key", "ClusterTls:KeyFile is \"{folder}/cluster.key\": it must be a PEM file with the private key of the certificate in ClusterTls:CertificateFile, not encrypted." },
        { "an expired certificate", "ClusterTls:CertificateFile is \"{folder}/cluster.pem\": the certificate \"CN=dinorleans\" is valid from " },
        { "a certificate of tomorrow", "ClusterTls:CertificateFile is \"{folder}/cluster.pem\": the certificate \"CN=dinorleans\" is valid from " },
        { "another authority", "the certificate \"CN=dinorleans\" is not from an authority in ClusterTls:AuthorityFile." },
        { "another authority of the same name", "is not from an authority in ClusterTls:AuthorityFile." },
        { "another name", "the certificate \"CN=elsewhere\" does not have the DNS name \"dinorleans\", which is ClusterTls:Name, as a subject alternative name." },
        { "a certificate for clients", "the certificate \"CN=dinorleans\" must allow the extended key usages of TLS servers and TLS clients, or restrict none." },
        { "no intermediate", "is not from an authority in ClusterTls:AuthorityFile." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void ToCredentials_OfFilesThatCannotBeUsed_SaysWhy(string what, string expected)
    {
        ClusterTlsOptions options = Write(what);

        SettingException refused = Assert.Throws<SettingException>(() => CertificateFiles.Read(options).ToCredentials([CertificateUsages.Server, CertificateUsages.Client]));

        Assert.Contains(expected.Replace("{folder}", _folder.Path, StringComparison.Ordinal), refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("nothing wrong")]
    [InlineData("two authorities")]
    [InlineData("an intermediate")]
    [InlineData("an RSA key")]
    public void ToCredentials_OfFilesThatCanBeUsed_TakesThem(string what)
    {
        Credentials credentials = CertificateFiles.Read(Write(what)).ToCredentials([CertificateUsages.Server, CertificateUsages.Client]);

        Assert.True(credentials.Own.TargetCertificate.HasPrivateKey);
        Assert.Equal(what == "an intermediate" ? 1 : 0, credentials.Own.IntermediateCertificates.Count(c => c.Subject == "CN=Intermediate"));
    }

    [Fact]
    public void ToCredentials_OfAClient_TakesACertificateForClients()
    {
        ClusterTlsOptions options = Write("a certificate for clients");

        Assert.NotNull(CertificateFiles.Read(options).ToCredentials([CertificateUsages.Client]));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private ClusterTlsOptions Write(string what)
    {
        using TestAuthority other = new(what == "another authority of the same name" ? "Test authority" : "Other authority");
        using TestAuthority intermediate = _authority.Intermediate("Intermediate");
        DateTimeOffset now = DateTimeOffset.UtcNow;
        IssuedCertificate good = what switch
        {
            "an expired certificate" => _authority.Issue(from: now.AddDays(-2), to: now.AddDays(-1)),
            "a certificate of tomorrow" => _authority.Issue(from: now.AddDays(1)),
            "another name" => _authority.Issue("elsewhere"),
            "a certificate for clients" => _authority.Issue(forServers: false),
            "an intermediate" or "no intermediate" => intermediate.Issue(),
            "an RSA key" => _authority.IssueRsa(),
            _ => _authority.Issue(),
        };
        IssuedCertificate files = what switch
        {
            "text as certificate" => good with { Certificate = "certificate" },
            "a broken certificate" => good with { Certificate = "-----BEGIN CERTIFICATE-----\nbm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n" },
            "text as authority" => good with { Authority = "authority" },
            "text as key" => good with { Key = "key" },
            "a key of another certificate" => good with { Key = _authority.Issue().Key },
            "an encrypted key" => good with { Key = good.EncryptedKey("sesame") },
            "another authority" or "another authority of the same name" => good with { Authority = other.Pem },
            "two authorities" => good with { Authority = other.Pem + "\n" + _authority.Pem },
            "an intermediate" => good with { Certificate = good.Certificate + "\n" + intermediate.Pem, Authority = _authority.Pem },
            "no intermediate" => good with { Authority = _authority.Pem },
            _ => good,
        };
        IReadOnlyDictionary<string, string> settings = files.WriteTo(_folder.Path);
        ClusterTlsOptions options = new()
        {
            CertificateFile = settings["ClusterTls:CertificateFile"],
            KeyFile = settings["ClusterTls:KeyFile"],
            AuthorityFile = settings["ClusterTls:AuthorityFile"],
        };
        switch (what)
        {
            case "no certificate file":
                File.Delete(options.CertificateFile);
                break;
            case "no key file":
                File.Delete(options.KeyFile);
                break;
            case "no authority file":
                File.Delete(options.AuthorityFile);
                break;
            case "a folder as certificate":
                File.Delete(options.CertificateFile);
                Directory.CreateDirectory(options.CertificateFile);
                break;
        }

        return options;
    }
}
