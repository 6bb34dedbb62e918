using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace DinOrleans.Programs.Settings;

/// <summary>A section of the configuration that is bound to a class of options: one that names it in a constant <c>Section</c>.</summary>
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

    /// <summary>By name.</summary>
    public IReadOnlyList<Setting> Settings { get; }

    /// <summary>The section of a class of options; null where the class names none.</summary>
    public static SettingsSection? Of(Type options) =>
        options.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } field && field.GetRawConstantValue() is string name
            ? new(name, options)
            : null;

    /// <summary>Reads the options of a section whose every setting keeps its rules.</summary>
    /// <exception cref="SettingException">One does not, or the section has a setting that there is not.</exception>
    public static TOptions Read<TOptions>(IConfiguration configuration)
        where TOptions : class, new()
    {
        SettingsSection section = Of(typeof(TOptions)) ?? throw new ArgumentException($"{typeof(TOptions)} names no section.");
        string[] broken = [.. section.Broken(configuration)];
        return broken.Length > 0
            ? throw new SettingException(string.Join(' ', broken))
            : configuration.GetSection(section.Name).Get<TOptions>() ?? new TOptions();
    }

    /// <summary>A sentence for each setting that breaks a rule.</summary>
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

    /// <summary>Rules that span settings, which count where each setting is right by itself.</summary>
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
            // An element of a list: the binder names it and its value.
            return [e.Message];
        }
    }
}
