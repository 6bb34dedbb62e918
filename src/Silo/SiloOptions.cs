using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Silo;

/// <summary>How a silo process is set up.</summary>
public sealed class SiloOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Silo";

    /// <summary>Folder of the database and the model versions. Default "data".</summary>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>Silos of one cluster share it. Default "dinorleans".</summary>
    [Required]
    public string ClusterId { get; set; } = "dinorleans";

    /// <summary>Port for the other silos, 1 to 65,535. Default 11,111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Port for grain clients, 1 to 65,535. Default 30,000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>How long a user may be idle before leaving memory, 1 minute to 1 day. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan IdleUsersLeaveAfter { get; set; } = TimeSpan.FromMinutes(10);
}
