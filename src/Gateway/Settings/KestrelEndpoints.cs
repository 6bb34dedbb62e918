namespace DinOrleans.Gateway.Settings;

/// <summary>Kestrel's own endpoints, which replace the addresses of all other settings.</summary>
internal static class KestrelEndpoints
{
    /// <summary>The configuration section with one child per endpoint.</summary>
    public const string Name = "Kestrel:Endpoints";

    /// <summary>The endpoints; empty where the addresses of other settings hold.</summary>
    public static IConfigurationSection[] Of(IConfiguration configuration) => [.. configuration.GetSection(Name).GetChildren()];
}
