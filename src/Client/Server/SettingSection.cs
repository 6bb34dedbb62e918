namespace DinOrleans.Client;

/// <summary>A section of the settings of a process.</summary>
/// <param name="Section">The section's name.</param>
/// <param name="Settings">The settings by name.</param>
public sealed record SettingSection(string Section, IReadOnlyList<SettingValue> Settings);

/// <summary>One setting.</summary>
/// <param name="Name">The name of the setting within its section.</param>
/// <param name="Value">The value; null where it may be a secret.</param>
/// <param name="IsGiven">True where a file, the environment or the command line gives the value, and false for the default.</param>
/// <param name="IsSecret">True where the value may be a secret.</param>
public sealed record SettingValue(string Name, string? Value, bool IsGiven, bool IsSecret);

/// <summary>The answer to <c>GET /v1/settings</c>.</summary>
internal sealed record SettingSections(IReadOnlyList<SettingSection> Sections);
