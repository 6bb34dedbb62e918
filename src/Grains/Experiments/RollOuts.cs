using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Grains.Experiments;

/// <summary>Names the experiments that bring new versions to the users by themselves.</summary>
internal static class RollOuts
{
    private const string Prefix = "rollout.";
    private const int NameLength = 64;

    /// <summary>The name of a version's roll-out: the version in lower-case letters, digits, dots and hyphens.</summary>
    public static string NameOf(string version)
    {
        string name = Prefix + string.Concat(version.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '-'));
        return name[..Math.Min(name.Length, NameLength)];
    }

    /// <summary>True for an experiment that was not set up by a person.</summary>
    public static bool IsOne(Experiment experiment) => experiment.Name.StartsWith(Prefix, StringComparison.Ordinal);
}
