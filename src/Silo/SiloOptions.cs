using System.ComponentModel.DataAnnotations;
using System.Net;
using DinOrleans.Programs.Settings;

namespace DinOrleans.Silo;

/// <summary>How a silo process is set up.</summary>
public sealed class SiloOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Silo";

    /// <summary>Where the data are and how silos find each other. Default embedded.</summary>
    [EnumDataType(typeof(SiloBackend))]
    public SiloBackend Backend { get; set; } = SiloBackend.Embedded;

    /// <summary>Npgsql connection string; needed for PostgreSQL.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Folder of the model versions, seen by all silos of a cluster, and of the embedded database. Default "data".</summary>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>Silos of one cluster share it. Default "dinorleans".</summary>
    [Required]
    public string ClusterId { get; set; } = "dinorleans";

    /// <summary>IP address that other silos and grain clients of a cluster reach this silo at; null, the default, for the machine's own.</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>
    /// True to listen on all addresses of the machine rather than on the advertised one alone, as behind a translated address. Default
    /// false: whoever reaches these ports can read and change everything.
    /// </summary>
    public bool ListenOnAnyAddress { get; set; }

    /// <summary>Port for the other silos, 1 to 65,535. Default 11,111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Port for grain clients, 1 to 65,535. Default 30,000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>How long a user may be idle before leaving memory, 1 minute to 1 day. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan IdleUsersLeaveAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a user of whom nothing is held may be idle before leaving memory, 3 s to 1 day; no longer than
    /// <see cref="IdleUsersLeaveAfter"/>. Default 30 s: made-up ids cost memory for no longer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:03", "1.00:00:00")]
    public TimeSpan UnknownUsersLeaveAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a silo of a cluster may be silent before the others vote it out, 3 s to 5 minutes. Default 9 s: a frozen silo's users are
    /// served by others within 15 s. The clocks of the silos must not differ by more.
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
