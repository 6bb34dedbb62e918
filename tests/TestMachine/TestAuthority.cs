using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DinOrleans.TestMachine;

/// <summary>An authority of a test's own, which signs certificates.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _authority;

    /// <param name="name">The name of the authority.</param>
    public TestAuthority(string name = "Test authority")
        : this(name, issuer: null)
    {
    }

    private TestAuthority(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        DateTimeOffset from = DateTimeOffset.UtcNow.AddYears(-1), to = DateTimeOffset.UtcNow.AddYears(1);
        if (issuer is null)
        {
            _authority = request.CreateSelfSigned(from, to);
            return;
        }

        using X509Certificate2 signed = request.Create(issuer, from.AddDays(1), to.AddDays(-1), Serial());
        _authority = signed.CopyWithPrivateKey(key);
    }

    /// <summary>The authority's certificate as PEM.</summary>
    public string Pem => _authority.ExportCertificatePem();

    /// <summary>Makes an authority whose own certificate this one signs.</summary>
    public TestAuthority Intermediate(string name) => new(name, _authority);

    /// <summary>Signs a certificate for servers and clients.</summary>
    /// <param name="dnsName">Its subject alternative name, beside the addresses of this machine.</param>
    /// <param name="from">Its first moment; null for a day ago.</param>
    /// <param name="to">Its last moment; null for a hundred days from now.</param>
    /// <param name="forServers">Whether it is for servers.</param>
    /// <param name="forClients">Whether it is for clients.</param>
    public IssuedCertificate Issue(
        string dnsName = "dinorleans", DateTimeOffset? from = null, DateTimeOffset? to = null, bool forServers = true, bool forClients = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={dnsName}", key, HashAlgorithmName.SHA256);
        return Issue(request, key, dnsName, from, to, forServers, forClients);
    }

    /// <summary>Signs a certificate with an RSA key.</summary>
    public IssuedCertificate IssueRsa(string dnsName = "dinorleans")
    {
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest($"CN={dnsName}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return Issue(request, key, dnsName, from: null, to: null, forServers: true, forClients: true);
    }

    public void Dispose() => _authority.Dispose();

    private IssuedCertificate Issue(
        CertificateRequest request, AsymmetricAlgorithm key, string dnsName, DateTimeOffset? from, DateTimeOffset? to, bool forServers, bool forClients)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(dnsName);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        OidCollection usages = [];
        if (forServers)
        {
            usages.Add(new Oid(ServerUsage));
        }

        if (forClients)
        {
            usages.Add(new Oid(ClientUsage));
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, critical: false));
        var signer = X509SignatureGenerator.CreateForECDsa(_authority.GetECDsaPrivateKey()!);
        using X509Certificate2 signed = request.Create(
            _authority.SubjectName, signer, from ?? DateTimeOffset.UtcNow.AddDays(-1), to ?? DateTimeOffset.UtcNow.AddDays(100), Serial());
        return new(signed.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), Pem);
    }

    private static byte[] Serial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        return serial;
    }
}

/// <summary>A certificate of a <see cref="TestAuthority"/>, as PEM.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Key">Its private key.</param>
/// <param name="Authority">The authority that has signed it.</param>
public sealed record IssuedCertificate(string Certificate, string Key, string Authority)
{
    /// <summary>The private key, encrypted with a password.</summary>
    public string EncryptedKey(string password)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(Key);
        return key.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000));
    }

    /// <summary>Writes the certificate, its key and the authority to files of a folder, over those of an earlier one.</summary>
    /// <returns>The settings of the section <c>ClusterTls</c> that name the files.</returns>
    public IReadOnlyDictionary<string, string> WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var settings = new Dictionary<string, string>();
        foreach ((string setting, string name, string content) in
            ((string, string, string)[])[("CertificateFile", "cluster.pem", Certificate), ("KeyFile", "cluster.key", Key), ("AuthorityFile", "authority.pem", Authority)])
        {
            string path = Path.Combine(folder, name);
            File.WriteAllText(path, content);
            settings[$"ClusterTls:{setting}"] = path;
        }

        return settings;
    }
}
