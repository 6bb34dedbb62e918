using System.Text.RegularExpressions;

namespace DinOrleans.Grains.Models;

/// <summary>Why a version cannot serve, in words that anyone who reads <c>GET /v1/models</c> may see.</summary>
internal static partial class RefusalReason
{
    /// <summary>The message of an error without the folders of this machine; the log has all of it.</summary>
    public static string Describe(Exception error)
    {
        string text = Folders().Replace(error.Message, "");
        return string.IsNullOrWhiteSpace(text) ? error.GetType().Name : text;
    }

    /// <summary>Whether the same try may succeed later: what a file holds does not change, whether it can be read does.</summary>
    public static bool MayPass(Exception error) => error is IOException or OutOfMemoryException or TimeoutException;

    /// <summary>The folders of an absolute path; a relative one begins after a character of a name.</summary>
    [GeneratedRegex(@"(?<![\w.\-])(?:/|[A-Za-z]:[\\/])(?:[^/\\""':;<>|\r\n]*[\\/])*")]
    private static partial Regex Folders();
}
