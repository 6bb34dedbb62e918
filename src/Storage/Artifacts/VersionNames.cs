using System.Text.RegularExpressions;

namespace DinOrleans.Storage.Artifacts;

/// <summary>The names that a version may have. No such name leads out of a folder.</summary>
internal static partial class VersionNames
{
    /// <summary>True for the name of a version.</summary>
    public static bool IsOne(string version) => Pattern().IsMatch(version);

    /// <summary>Requires the name of a version.</summary>
    /// <exception cref="ArgumentException">The name breaks the rule.</exception>
    public static string Require(string version) => IsOne(version)
        ? version
        : throw new ArgumentException($"\"{version}\" is not the name of a version: it must be 1 to 100 letters, digits, dots, dashes and underscores, and not start with a dot.", nameof(version));

    /// <summary>The version that a folder is named after.</summary>
    /// <exception cref="ArgumentException">The folder's name breaks the rule.</exception>
    public static string OfFolder(string folder) => Require(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))));

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex Pattern();
}
