using System.Security.Cryptography;
using DinOrleans.ClusterTls.Settings;
using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using Microsoft.Extensions.Options;

namespace DinOrleans.ClusterTls.Certificates;

/// <summary>
/// The credentials of this process as its files had them last. They are read before the process starts, which ends where they cannot be used.
/// Connections that are opened later use what was read last, and open ones go on with what they have.
/// </summary>
/// <param name="options">The files.</param>
/// <param name="usages">What this process does with its certificate.</param>
internal sealed class ClusterCertificates(IOptions<ClusterTlsOptions> options, IReadOnlyList<Oid> usages) : IStartCheck
{
    private readonly Lock _lock = new();
    private volatile Credentials? _current;
    private CertificateFiles? _files;

    /// <summary>The credentials that were read last.</summary>
    /// <exception cref="SettingException">They were not read yet and cannot be used.</exception>
    public Credentials Current
    {
        get
        {
            if (_current is null)
            {
                Renew();
            }

            return _current!;
        }
    }

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        Renew();
        return Task.CompletedTask;
    }

    /// <summary>Reads the files again.</summary>
    /// <returns>True where they have changed.</returns>
    /// <exception cref="SettingException">They cannot be used. The credentials stay as they are.</exception>
    public bool Renew()
    {
        lock (_lock)
        {
            var files = CertificateFiles.Read(options.Value);
            if (_files is not null && files.AreSame(_files))
            {
                return false;
            }

            _current = files.ToCredentials(usages);
            _files = files;
            return true;
        }
    }
}
