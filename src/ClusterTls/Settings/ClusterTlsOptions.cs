using System.ComponentModel.DataAnnotations;

namespace DinOrleans.ClusterTls.Settings;

/// <summary>The certificates by which silos, gateways and training processes know each other.</summary>
public sealed class ClusterTlsOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "ClusterTls";

    /// <summary>
    /// The PEM file with the certificate of this process, followed by the certificates between it and the authority where there are any. With it,
    /// the process speaks only TLS with the other processes of the cluster, and only with those that have such a certificate too. Null, the default,
    /// stands for connections without TLS.
    /// </summary>
    public string? CertificateFile { get; set; }

    /// <summary>The PEM file with the private key of the certificate, which must not be encrypted. It is needed with <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// The PEM file with the certificate of the authority that signs the certificates of all processes. It may have several authorities, while one
    /// takes the place of another. It is needed with <see cref="CertificateFile"/>.
    /// </summary>
    public string? AuthorityFile { get; set; }

    /// <summary>
    /// The DNS name that the certificate of every process of the cluster has as a subject alternative name. It stands for the cluster and not for a
    /// machine, since silos move and are reached by their IP addresses. Give two clusters with one authority different names. Default "dinorleans".
    /// </summary>
    [Required]
    public string Name { get; set; } = "dinorleans";

    /// <summary>How often the files are read again, 1 s to 1 day, so that a renewed certificate is used without a restart. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ReadEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>True where connections between the processes are protected.</summary>
    public bool IsOn => !string.IsNullOrEmpty(CertificateFile);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, string? Value)[] files = [(nameof(CertificateFile), CertificateFile), (nameof(KeyFile), KeyFile), (nameof(AuthorityFile), AuthorityFile)];
        if (files.FirstOrDefault(f => !string.IsNullOrEmpty(f.Value)).Name is { } given)
        {
            foreach ((string name, _) in files.Where(f => string.IsNullOrEmpty(f.Value)))
            {
                yield return new ValidationResult($"{Section}:{name} must be given where {Section}:{given} is given.", [name]);
            }
        }

        if (Uri.CheckHostName(Name) != UriHostNameType.Dns)
        {
            yield return new ValidationResult($"{Section}:{nameof(Name)} is \"{Name}\": it must be a DNS name such as \"dinorleans\".", [nameof(Name)]);
        }
    }
}
