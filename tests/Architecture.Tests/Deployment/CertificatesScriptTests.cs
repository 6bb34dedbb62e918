using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DinOrleans.TestMachine;

namespace DinOrleans.Architecture.Tests.Deployment;

/// <summary>The script that makes certificates for a trial.</summary>
public sealed class CertificatesScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Script_RunTwice_KeepsTheAuthorityAndMakesANewCertificateOfIt()
    {
        CertificatesScript.Run(_folder.Path, "my-cluster");
        string authority = File.ReadAllText(_folder["authority.pem"]);
        using X509Certificate2 first = Check();
        CertificatesScript.Run(_folder.Path, "my-cluster");
        using X509Certificate2 second = Check();

        Assert.Equal(authority, File.ReadAllText(_folder["authority.pem"]));
        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
        Assert.NotEqual(first.GetPublicKey(), second.GetPublicKey());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["authority.key"]));
        }
    }

    [Fact]
    public void Script_WithoutAFolder_SaysHowItIsUsed()
    {
        (int code, string error) = CertificatesScript.TryRun();

        Assert.Equal(1, code);
        Assert.Contains("usage: certificates.sh FOLDER [NAME]", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Checks that the certificate and its key are what processes need of each other.</summary>
    private X509Certificate2 Check()
    {
        X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(_folder["cluster.pem"], _folder["cluster.key"]);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(_folder["authority.pem"]);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        Assert.True(chain.Build(certificate), string.Join(", ", chain.ChainStatus.Select(s => s.StatusInformation)));
        Assert.True(certificate.MatchesHostname("my-cluster", allowWildcards: false, allowCommonName: false));
        return certificate;
    }
}
