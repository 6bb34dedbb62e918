using System.Text.RegularExpressions;

namespace DinOrleans.Gateway.Problems;

/// <summary>Makes text that other parts of the system wrote, such as the reason of a refused version, fit for callers.</summary>
internal static partial class PublicText
{
    /// <summary>Replaces paths by file names, and removes the addresses of machines.</summary>
    public static string? Clean(string? text) =>
        text is null ? null : Folders().Replace(SiloAddresses().Replace(text, "a silo"), "");

    /// <summary>Matches the folders of an absolute path, up to its last name.</summary>
    [GeneratedRegex("""(?<![\w/\\.])(?:[A-Za-z]:)?[/\\](?:[^/\\:"'\r\n]+[/\\])*(?=[^/\\\s])""", RegexOptions.CultureInvariant)]
    private static partial Regex Folders();

    /// <summary>Matches an address with a port, such as "10.0.0.7:11111", and the names of silos, "S10.0.0.7:11111:123" and "10.0.0.7:11111@123".</summary>
    [GeneratedRegex("""\bS?(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9A-Fa-f:.]+\]):\d{1,5}(?:[:@]\d+)?""", RegexOptions.CultureInvariant)]
    private static partial Regex SiloAddresses();
}
