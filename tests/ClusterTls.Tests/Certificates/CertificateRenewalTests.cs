using DinOrleans.ClusterTls.Certificates;
using DinOrleans.ClusterTls.Settings;
using DinOrleans.TestMachine;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.ClusterTls.Tests.Certificates;

public sealed class CertificateRenewalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly FakeLogger<CertificateRenewal> _logger = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Renewal_OfFilesThatChange_UsesThemAndKeepsTheLastGoodOnes()
    {
        ClusterCertificates certificates = Certificates(_authority.Issue());
        string first = certificates.Current.Own.TargetCertificate.Thumbprint;
        using CertificateRenewal renewal = Renewal(certificates);
        await renewal.StartAsync(Cancellation);

        IssuedCertificate second = _authority.Issue();
        Write(second with { Certificate = second.Certificate[..40] });
        await LoggedAsync(111);
        Assert.Equal(first, certificates.Current.Own.TargetCertificate.Thumbprint);

        Write(second);
        await LoggedAsync(110);
        Assert.NotEqual(first, certificates.Current.Own.TargetCertificate.Thumbprint);
        Assert.Equal([111, 110], _logger.Collector.GetSnapshot().Select(r => r.Id.Id));
        await renewal.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Renewal_OfACertificateNearItsEnd_WarnsOnce()
    {
        ClusterCertificates certificates = Certificates(_authority.Issue(from: DateTimeOffset.UtcNow.AddDays(-99), to: DateTimeOffset.UtcNow.AddDays(1)));
        using CertificateRenewal renewal = Renewal(certificates);
        await renewal.StartAsync(Cancellation);
        await LoggedAsync(112);
        Write(_authority.Issue());
        await LoggedAsync(110);

        Assert.Equal([112, 110], _logger.Collector.GetSnapshot().Select(r => r.Id.Id));
        await renewal.StopAsync(Cancellation);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    /// <summary>Lets time go on until a line is logged.</summary>
    private async Task LoggedAsync(int id) => await Eventually.BecomesAsync(
        $"event {id} is logged",
        () =>
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            return _logger.Collector.GetSnapshot();
        },
        records => records.Any(r => r.Id.Id == id),
        cancellationToken: Cancellation);

    private ClusterCertificates Certificates(IssuedCertificate certificate)
    {
        IReadOnlyDictionary<string, string> settings = Write(certificate);
        ClusterTlsOptions options = new()
        {
            CertificateFile = settings["ClusterTls:CertificateFile"],
            KeyFile = settings["ClusterTls:KeyFile"],
            AuthorityFile = settings["ClusterTls:AuthorityFile"],
        };
        return new(Options.Create(options), [CertificateUsages.Client]);
    }

    private CertificateRenewal Renewal(ClusterCertificates certificates) => new(certificates, Options.Create(new ClusterTlsOptions()), _time, _logger);

    private IReadOnlyDictionary<string, string> Write(IssuedCertificate certificate) => certificate.WriteTo(_folder.Path);
}
