using System.Text.RegularExpressions;

namespace DinOrleans.Grains.Models;

/// <summary>Says why a version cannot serve, in words that every reader of <c>GET /v1/models</c> may see.</summary>
internal static partial class RefusalReason
{
    /// <summary>Returns the message of an error without the folders of this machine. The log has the whole message.</summary>
    public static string Describe(Exception error)
    {
        string text = Folders().Replace(error.Message, "");
        return string.IsNullOrWhiteSpace(text) ? error.GetType().Name : text;
    }

    /// <summary>True if the same try may succeed later. The content of a file does not change, but whether it can be read does.</summary>
    public static bool MayPass(Exception error) => error is IOException or OutOfMemoryException or TimeoutException;

    /// <summary>Matches the folders of an absolute path. A relative path begins after a character of a name.</summary>
    [GeneratedRegex(@"(?<![\w.\-])(?:/|[A-Za-z]:[\\/])(?:[^/\\""':;<>|\r\n]*[\\/])*")]
    private static partial Regex Folders();
}
