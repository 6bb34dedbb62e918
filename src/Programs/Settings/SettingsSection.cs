using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace DinOrleans.Programs.Settings;

/// <summary>A section of the configuration that is bound to an options class. The class names the section in a constant <c>Section</c>.</summary>
public sealed class SettingsSection
{
    private readonly Type _options;

    private SettingsSection(string name, Type options)
    {
        Name = name;
        _options = options;
        Settings = [.. options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod?.IsPublic == true).Select(p => new Setting(name, p)).OrderBy(s => s.Name, StringComparer.Ordinal)];
    }

    /// <summary>The section's name, such as <c>Silo</c>.</summary>
    public string Name { get; }

    /// <summary>The settings, ordered by name.</summary>
    public IReadOnlyList<Setting> Settings { get; }

    /// <summary>Finds the section of an options class; null where the class names none.</summary>
    public static SettingsSection? Find(Type options) =>
        options.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } field && field.GetRawConstantValue() is string name
            ? new(name, options)
            : null;

    /// <summary>Checks the settings of a section and reads them into its options.</summary>
    /// <exception cref="SettingException">A setting breaks a rule, or the section has a setting that does not exist.</exception>
    public static TOptions Read<TOptions>(IConfiguration configuration)
        where TOptions : class, new()
    {
        SettingsSection section = Find(typeof(TOptions)) ?? throw new ArgumentException($"{typeof(TOptions)} names no section.");
        string[] broken = [.. section.Broken(configuration)];
        return broken.Length > 0
            ? throw new SettingException(string.Join(' ', broken))
            : configuration.GetSection(section.Name).Get<TOptions>() ?? new TOptions();
    }

    /// <summary>Makes one sentence for each broken rule.</summary>
    public IEnumerable<string> Broken(IConfiguration configuration)
    {
        IConfigurationSection values = configuration.GetSection(Name);
        string[] broken =
        [
            .. values.GetChildren().Where(c => !Settings.Any(s => s.IsNamed(c.Key)))
                .Select(c => $"{Name}:{c.Key} is not a setting: the section {Name} has {string.Join(", ", Settings.Select(s => s.Name))}."),
            .. Settings.Select(s => s.Broken(values)).OfType<string>(),
        ];

        return broken.Length > 0 ? broken : BrokenBetweenSettings(values);
    }

    /// <summary>The rules between settings. They are checked only where each setting is right by itself.</summary>
    private IEnumerable<string> BrokenBetweenSettings(IConfigurationSection values)
    {
        try
        {
            return values.Get(_options) is IValidatableObject options
                ? options.Validate(new ValidationContext(options)).Select(r => r.ErrorMessage ?? $"The section {Name} breaks a rule.")
                : [];
        }
        catch (InvalidOperationException e)
        {
            // An element of a list cannot be read. The binder names the element and its value.
            return [e.Message];
        }
    }
}
