namespace DinOrleans.Gateway.Settings;

/// <summary>The addresses that the settings of the web host name for the REST API. They hold where Kestrel has no <see cref="KestrelEndpoints"/>.</summary>
internal static class HostUrls
{
    /// <summary>The setting that has the addresses, separated by ";".</summary>
    public const string Name = "urls";

    /// <summary>Where Kestrel listens when nothing names an address. It would listen there no more once it is given one.</summary>
    public const string Default = "http://localhost:5000";

    private static readonly string[] Schemes = ["http", "https"];

    /// <summary>The addresses: of <see cref="Name"/>, or else of <c>http_ports</c> and <c>https_ports</c>, or else <see cref="Default"/>.</summary>
    public static string[] Of(IConfiguration configuration)
    {
        if (configuration[Name] is { Length: > 0 } urls)
        {
            return Split(urls);
        }

        string[] ofPorts = [.. Schemes.SelectMany(scheme => Split(configuration[scheme + "_ports"] ?? "").Select(port => $"{scheme}://*:{port}"))];
        return ofPorts.Length > 0 ? ofPorts : [Default];
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
