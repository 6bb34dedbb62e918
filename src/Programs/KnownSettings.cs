using DinOrleans.Programs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DinOrleans.Programs;

/// <summary>The settings of a program: those of every options class that its services bind to a section.</summary>
public sealed class KnownSettings
{
    private readonly SettingsSection[] _sections;

    public KnownSettings(IServiceCollection services) => _sections =
    [
        .. services.Select(d => d.ServiceType)
            .Where(t => t.IsConstructedGenericType && t.GetGenericTypeDefinition() == typeof(IConfigureOptions<>))
            .Select(t => t.GenericTypeArguments[0])
            .Distinct()
            .Select(SettingsSection.Find)
            .OfType<SettingsSection>()
            .OrderBy(s => s.Name, StringComparer.Ordinal),
    ];

    /// <summary>The sections, ordered by name.</summary>
    public IReadOnlyList<SettingsSection> Sections => _sections;

    /// <summary>Checks the whole configuration, and that every name on the command line is a setting.</summary>
    /// <exception cref="SettingException">A rule is broken. The message lists every broken rule in one line.</exception>
    public void Check(IConfiguration configuration, ProgramArguments arguments, ProgramUsage usage)
    {
        string[] broken =
        [
            .. arguments.Settings.Keys.Where(name => !usage.IsOfHost(name) && !IsInASection(name))
                .Select(name => $"--{name} is not an option of this program; --help lists them."),
            .. _sections.SelectMany(s => s.Broken(configuration)),
        ];
        if (broken.Length > 0)
        {
            throw new SettingException(string.Join(' ', broken));
        }
    }

    /// <summary>True for a name in a known section. A misspelt name in a section is found when the section is checked.</summary>
    private bool IsInASection(string name) => _sections.Any(s => name.StartsWith(s.Name + ":", StringComparison.OrdinalIgnoreCase));
}
