namespace DinOrleans.Programs;

/// <summary>The options and settings that a program's command line may hold.</summary>
/// <param name="Program">The program's name, such as <c>DinOrleans.Silo</c>.</param>
/// <param name="Summary">What the program does, in a sentence.</param>
/// <param name="Options">The options of the program itself.</param>
/// <param name="HostSettings">
/// Settings of the host and of ASP.NET that may be given on the command line: names such as <c>urls</c>, or sections such as
/// <c>Logging:</c>, which stand for everything in the section.
/// </param>
public sealed record ProgramUsage(string Program, string Summary, IReadOnlyList<ProgramOption> Options, IReadOnlyList<string> HostSettings)
{
    /// <summary>The settings of every host.</summary>
    public static IReadOnlyList<string> AnyHost { get; } = ["Environment", "ContentRoot", "ApplicationName", "ShutdownTimeoutSeconds", "Logging:", "Metrics:"];

    /// <summary>The settings of a host that serves HTTP.</summary>
    public static IReadOnlyList<string> WebHost { get; } = [.. AnyHost, "Urls", "Http_Ports", "Https_Ports", "AllowedHosts", "WebRoot", "Kestrel:"];

    internal bool IsOfHost(string setting) => HostSettings.Any(h => h.EndsWith(':')
        ? setting.StartsWith(h, StringComparison.OrdinalIgnoreCase)
        : setting.Equals(h, StringComparison.OrdinalIgnoreCase));
}
