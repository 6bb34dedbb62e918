using System.Text.RegularExpressions;

namespace DinOrleans.Contracts;

/// <summary>Makes text that was written for the log, such as the message of an error, fit for callers: it names files, but neither folders nor machines.</summary>
public static partial class PublicText
{
    /// <summary>Leaves the folders of absolute paths out, and replaces the addresses of machines.</summary>
    /// <param name="text">The text; null is answered with null.</param>
    public static string? Clean(string? text) =>
        text is null ? null : Folders().Replace(QuotedFolders().Replace(Addresses().Replace(text, "a silo"), ""), "");

    /// <summary>Says what an error says. One without words is named by its type.</summary>
    public static string Describe(Exception error)
    {
        string text = Clean(error.Message)!;
        return string.IsNullOrWhiteSpace(text) ? error.GetType().Name : text;
    }

    /// <summary>Matches the folders of an absolute path between quotation marks, up to its last name. Names may have any character.</summary>
    [GeneratedRegex("""(?<=(['"]))(?:[A-Za-z]:|\\\\[^\\/'"\r\n]+)?[/\\](?:[^'"\r\n]*[/\\])?(?=[^/\\'"\r\n]+[/\\]?\1)""", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedFolders();

    /// <summary>
    /// Matches the folders of an absolute path elsewhere, up to its last name. A relative path and an address of the web begin after a character of a
    /// name, and a slash between two words stands beside a space.
    /// </summary>
    [GeneratedRegex(
        """(?<![\w/\\.~])(?:file://)?(?:[A-Za-z]:|\\\\[^\\/\s'"]+)?[/\\](?:[^\s/\\:"'<>|](?:[^/\\:"'<>|\r\n]*[^\s/\\:"'<>|])?[/\\])*(?=[^/\\\s'"])""", RegexOptions.CultureInvariant)]
    private static partial Regex Folders();

    /// <summary>Matches an address with a port, such as "10.0.0.7:11111", and the names of silos, "S10.0.0.7:11111:123" and "10.0.0.7:11111@123".</summary>
    [GeneratedRegex("""(?<!\w)S?(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9A-Fa-f:.]+\]):\d{1,5}(?:[:@]\d+)?""", RegexOptions.CultureInvariant)]
    private static partial Regex Addresses();
}
