using System.Globalization;
using System.IO.Hashing;
using System.Text;
using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Grains.Experiments;

/// <summary>Names the experiments that bring new versions to the users by themselves.</summary>
internal static class RollOuts
{
    /// <summary>The beginning of the names of roll-outs. No other experiment may have such a name.</summary>
    public const string Prefix = "rollout.";

    private const int NameLength = 64;
    private const int DigestLength = 8;

    /// <summary>
    /// The name of a version's roll-out: the version in lower-case letters, digits, dots and hyphens. One that does not fit is cut and ends with a
    /// digest of the version, so that no two versions share a name.
    /// </summary>
    public static string NameOf(string version)
    {
        string name = Prefix + string.Concat(version.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '-'));
        if (name == Prefix + version && name.Length <= NameLength)
        {
            return name;
        }

        string digest = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(version)).ToString("x16", CultureInfo.InvariantCulture)[..DigestLength];
        return $"{name[..Math.Min(name.Length, NameLength - DigestLength - 1)]}-{digest}";
    }

    /// <summary>True for an experiment that was not set up by a person.</summary>
    public static bool IsOne(Experiment experiment) => experiment.Name.StartsWith(Prefix, StringComparison.Ordinal);
}
