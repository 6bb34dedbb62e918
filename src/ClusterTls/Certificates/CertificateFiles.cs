using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DinOrleans.ClusterTls.Settings;
using DinOrleans.Programs.Settings;

namespace DinOrleans.ClusterTls.Certificates;

/// <summary>The files that <see cref="ClusterTlsOptions"/> names, as they were at one moment.</summary>
internal sealed class CertificateFiles
{
    private readonly ClusterTlsOptions _options;
    private readonly byte[] _certificate;
    private readonly byte[] _key;
    private readonly byte[] _authority;

    private CertificateFiles(ClusterTlsOptions options)
    {
        _options = options;
        _certificate = Read(nameof(ClusterTlsOptions.CertificateFile), options.CertificateFile!);
        _key = Read(nameof(ClusterTlsOptions.KeyFile), options.KeyFile!);
        _authority = Read(nameof(ClusterTlsOptions.AuthorityFile), options.AuthorityFile!);
    }

    /// <summary>Reads the files.</summary>
    /// <exception cref="SettingException">A file cannot be read.</exception>
    public static CertificateFiles Read(ClusterTlsOptions options) => new(options);

    /// <summary>True where the files hold the same as others.</summary>
    public bool AreSame(CertificateFiles other) =>
        _certificate.AsSpan().SequenceEqual(other._certificate) && _key.AsSpan().SequenceEqual(other._key) && _authority.AsSpan().SequenceEqual(other._authority);

    /// <summary>Makes credentials of the files' contents.</summary>
    /// <param name="usages">What this process does with its certificate.</param>
    /// <exception cref="SettingException">The contents cannot be used, or the others would refuse this process.</exception>
    public Credentials ToCredentials(IReadOnlyList<Oid> usages)
    {
        X509Certificate2Collection authorities = Certificates(nameof(ClusterTlsOptions.AuthorityFile), _options.AuthorityFile!, _authority);
        X509Certificate2Collection sent = Certificates(nameof(ClusterTlsOptions.CertificateFile), _options.CertificateFile!, _certificate);
        X509Certificate2 own = WithKey();
        X509Certificate2Collection between = [.. sent.Skip(1)];
        var credentials = new Credentials(SslStreamCertificateContext.Create(own, between, offline: true), authorities);
        using var chain = new X509Chain { ChainPolicy = credentials.Policy(usages) };
        chain.ChainPolicy.ExtraStore.AddRange(between);
        chain.Build(own);
        return CertificateRules.Broken(own, chain, _options.Name) is { } broken
            ? throw new SettingException($"{Setting(nameof(ClusterTlsOptions.CertificateFile))} is \"{_options.CertificateFile}\": the certificate {broken}.")
            : credentials;
    }

    private static byte[] Read(string setting, string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(Setting(setting), path, $"must be a file that this process may read ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static X509Certificate2Collection Certificates(string setting, string path, byte[] pem)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(pem));
        }
        catch (CryptographicException e)
        {
            throw NoCertificate(setting, path, e);
        }

        return certificates.Count > 0 ? certificates : throw NoCertificate(setting, path, cause: null);
    }

    private X509Certificate2 WithKey()
    {
        try
        {
            X509Certificate2 own = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(_certificate), Encoding.UTF8.GetString(_key));
            if (!OperatingSystem.IsWindows())
            {
                return own;
            }

            // Windows does not use a key for TLS that has only ever been in memory.
            using (own)
            {
                return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), password: null);
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // The reason is not passed on, because nothing of a key file may come into a log.
            throw new SettingException(
                Setting(nameof(ClusterTlsOptions.KeyFile)),
                _options.KeyFile,
                $"must be a PEM file with the private key of the certificate in {Setting(nameof(ClusterTlsOptions.CertificateFile))}, not encrypted",
                e);
        }
    }

    private static SettingException NoCertificate(string setting, string path, Exception? cause) => new(Setting(setting), path, "must be a PEM file with a certificate", cause);

    private static string Setting(string name) => $"{ClusterTlsOptions.Section}:{name}";
}
