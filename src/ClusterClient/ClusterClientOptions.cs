using System.ComponentModel.DataAnnotations;
using DinOrleans.Programs.Settings;

namespace DinOrleans.ClusterClient;

/// <summary>Where the silos of a cluster are found.</summary>
public enum ClusterMembership
{
    /// <summary>The cluster is one silo on this machine.</summary>
    Localhost,

    /// <summary>The silos are listed in a membership table in PostgreSQL.</summary>
    PostgreSql,
}

/// <summary>How a process without a silo of its own, such as a gateway, finds its cluster.</summary>
public sealed class ClusterClientOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Cluster";

    /// <summary>Where the silos are found. Default <see cref="ClusterMembership.Localhost"/>.</summary>
    [EnumDataType(typeof(ClusterMembership))]
    public ClusterMembership Membership { get; set; } = ClusterMembership.Localhost;

    /// <summary>The name of the cluster, which is the silos' <c>Silo:ClusterId</c>. Default "dinorleans".</summary>
    [Required]
    public string ClusterId { get; set; } = "dinorleans";

    /// <summary>The port on which the silo on this machine takes grain clients, 1 to 65,535. Default 30,000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>The Npgsql connection string of the database with the membership table. It is needed for PostgreSQL.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The pause between attempts to reach a first silo, 100 ms to 1 minute. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan RetryEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Membership == ClusterMembership.PostgreSql && !ConnectionStrings.IsValid(ConnectionString))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(ConnectionString)} {ConnectionStrings.Rule}, where {Section}:{nameof(Membership)} is {Membership}.", [nameof(ConnectionString)]);
        }
    }
}
