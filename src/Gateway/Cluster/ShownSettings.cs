using DinOrleans.Programs;
using DinOrleans.Programs.Settings;

namespace DinOrleans.Gateway.Cluster;

/// <summary>The settings of this process as people may see them: values that may hold secrets are left out.</summary>
/// <param name="known">The settings of the process.</param>
/// <param name="configuration">Their values.</param>
internal sealed class ShownSettings(KnownSettings known, IConfiguration configuration)
{
    public SettingsResponse Read() => new([.. known.Sections.Select(Read)]);

    private SettingsSectionResponse Read(SettingsSection section) => new(
        section.Name,
        [.. section.Settings.Select(setting => Read(setting, configuration.GetSection(section.Name)))]);

    private static SettingResponse Read(Setting setting, IConfigurationSection values)
    {
        string? given = setting.Given(values);
        return setting.IsSecret
            ? new(setting.Name, Value: null, given is not null, IsSecret: true)
            : new(setting.Name, given ?? setting.Default, given is not null, IsSecret: null);
    }
}

/// <summary>The settings of the process that answers.</summary>
/// <param name="Sections">The sections by name.</param>
internal sealed record SettingsResponse(IReadOnlyList<SettingsSectionResponse> Sections);

/// <summary>A section of the settings.</summary>
/// <param name="Section">The section's name.</param>
/// <param name="Settings">The settings by name.</param>
internal sealed record SettingsSectionResponse(string Section, IReadOnlyList<SettingResponse> Settings);

/// <summary>One setting.</summary>
/// <param name="Name">The name of the setting within its section.</param>
/// <param name="Value">The value. It is left out where it may be a secret.</param>
/// <param name="IsGiven">True where a file, the environment or the command line gives the value, and false for the default.</param>
/// <param name="IsSecret">True where the value may be a secret. It is left out otherwise.</param>
internal sealed record SettingResponse(string Name, string? Value, bool IsGiven, bool? IsSecret);
