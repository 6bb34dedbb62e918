using System.Security.Cryptography.X509Certificates;
using DinOrleans.ClusterTls.Settings;
using DinOrleans.Programs.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.ClusterTls.Certificates;

/// <summary>Reads the files again from time to time, and tells of a certificate that nobody has renewed.</summary>
/// <remarks>The files are read rather than watched, because a secret of Kubernetes is renewed by turning a link, of which no watcher tells.</remarks>
internal sealed partial class CertificateRenewal(
    ClusterCertificates certificates, IOptions<ClusterTlsOptions> options, TimeProvider time, ILogger<CertificateRenewal> logger) : BackgroundService
{
    /// <summary>The last part of a certificate's time, in which it should have been renewed.</summary>
    private const double LastPart = 0.1;

    private readonly ILogger _logger = logger;
    private string? _failure;
    private string? _ending;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            WarnOfItsEnd();
            await Task.Delay(options.Value.ReadEvery, time, stoppingToken).ConfigureAwait(false);
            Renew();
        }
    }

    private void Renew()
    {
        try
        {
            if (certificates.Renew())
            {
                LogRenewed(certificates.Current.Own.TargetCertificate.NotAfter.ToUniversalTime());
            }

            _failure = null;
        }
        catch (SettingException e)
        {
            // A file that is being written is whole at the next look. One that stays so is logged once.
            if (_failure != e.Message)
            {
                _failure = e.Message;
                LogNotRenewed(e.Message);
            }
        }
    }

    private void WarnOfItsEnd()
    {
        X509Certificate2 own = certificates.Current.Own.TargetCertificate;
        TimeSpan lasts = own.NotAfter - own.NotBefore;
        if (own.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime < lasts * LastPart && _ending != own.Thumbprint)
        {
            _ending = own.Thumbprint;
            LogEnds(own.NotAfter.ToUniversalTime());
        }
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Information, Message = "The certificate of this process was read anew; it ends at {End:u}")]
    private partial void LogRenewed(DateTime end);

    [LoggerMessage(EventId = 111, Level = LogLevel.Warning, Message = "The certificate of this process could not be read anew, and the one before stays in use: {Reason}")]
    private partial void LogNotRenewed(string reason);

    [LoggerMessage(EventId = 112, Level = LogLevel.Warning, Message = "The certificate of this process ends at {End:u}: renew it, or no other process will take a connection with it")]
    private partial void LogEnds(DateTime end);
}
