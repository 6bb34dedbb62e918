using System.ComponentModel.DataAnnotations;
using System.Net;
using DinOrleans.Programs.Settings;

namespace DinOrleans.Silo.Settings;

/// <summary>Where a silo keeps its data, where it listens, and how long users stay in memory.</summary>
public sealed class SiloOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Silo";

    /// <summary>Where the data are and how silos find each other. Default <see cref="SiloBackend.Embedded"/>.</summary>
    [EnumDataType(typeof(SiloBackend))]
    public SiloBackend Backend { get; set; } = SiloBackend.Embedded;

    /// <summary>The Npgsql connection string of the cluster's database. It is needed for PostgreSQL.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The folder of the embedded database, and of the model versions unless <c>Artifacts:Store</c> says otherwise. All silos of a cluster must see the
    /// folder of the versions. Default "data".
    /// </summary>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>The name of the cluster, which is the same for all of its silos. Default "dinorleans".</summary>
    [Required]
    public string ClusterId { get; set; } = "dinorleans";

    /// <summary>
    /// The IP address at which other silos and grain clients reach this silo in a cluster. The silo listens on this address only. Null, the
    /// default, stands for the machine's own address.
    /// </summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>
    /// True to listen on all addresses of the machine and not only on the advertised one, as is needed behind a translated address. Default
    /// false, because whoever reaches these ports can read and change everything.
    /// </summary>
    public bool ListenOnAnyAddress { get; set; }

    /// <summary>The port for the other silos, 1 to 65,535. Default 11,111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>The port for grain clients, such as gateways, 1 to 65,535. Default 30,000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>How long a user may be idle before the user leaves memory, 1 minute to 1 day. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan IdleUsersLeaveAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a user without profile and events may be idle before the user leaves memory, 3 s to 1 day, and no longer than
    /// <see cref="IdleUsersLeaveAfter"/>. Default 30 s, so that made-up ids cost memory only for a short time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:03", "1.00:00:00")]
    public TimeSpan UnknownUsersLeaveAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a silo of a cluster may be silent before the others vote it out, 3 s to 5 minutes. The clocks of the silos must not differ by
    /// more than this. Default 9 s, with which the users of a frozen silo are served by others within 15 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:03", "00:05:00")]
    public TimeSpan SilentSilosLeaveAfter { get; set; } = TimeSpan.FromSeconds(9);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Backend == SiloBackend.PostgreSql && !ConnectionStrings.IsValid(ConnectionString))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(ConnectionString)} {ConnectionStrings.Rule}, where {Section}:{nameof(Backend)} is {Backend}.", [nameof(ConnectionString)]);
        }

        if (UnknownUsersLeaveAfter > IdleUsersLeaveAfter)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(UnknownUsersLeaveAfter)} must be at most {Section}:{nameof(IdleUsersLeaveAfter)}.", [nameof(UnknownUsersLeaveAfter)]);
        }

        if (AdvertisedAddress is not null && !IPAddress.TryParse(AdvertisedAddress, out _))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(AdvertisedAddress)} is \"{AdvertisedAddress}\": it must be an IP address.", [nameof(AdvertisedAddress)]);
        }

        if (SiloPort == GatewayPort)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(SiloPort)} and {Section}:{nameof(GatewayPort)} are both {SiloPort}: they must differ.", [nameof(SiloPort), nameof(GatewayPort)]);
        }
    }
}
