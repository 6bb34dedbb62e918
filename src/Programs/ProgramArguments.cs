using DinOrleans.Programs.Settings;

namespace DinOrleans.Programs;

/// <summary>
/// A command line: the program's own options, and settings by their full names. Both are <c>--name value</c> or <c>--name=value</c>.
/// </summary>
/// <remarks>
/// The configuration's own reader of command lines drops what it does not understand, and System.CommandLine splits names at the
/// colon that settings have. Whether a setting exists is checked later, by <see cref="KnownSettings"/>.
/// </remarks>
public sealed class ProgramArguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _settings = new(StringComparer.OrdinalIgnoreCase);

    private ProgramArguments()
    {
    }

    /// <summary>True where help was asked for.</summary>
    public bool Help { get; private set; }

    /// <summary>The settings that were given, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings => _settings;

    /// <summary>The settings as the configuration's reader of command lines takes them.</summary>
    public string[] ForConfiguration => [.. _settings.Select(s => $"--{s.Key}={s.Value}")];

    /// <summary>The value of an option; null where it was not given.</summary>
    public string? this[string option] => _options.GetValueOrDefault(option);

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    /// <param name="options">The options of the program itself. Every other name is taken for a setting.</param>
    /// <exception cref="SettingException">An argument is not an option, has no value, or is given twice.</exception>
    public static ProgramArguments Parse(IReadOnlyList<string> arguments, IReadOnlyList<ProgramOption> options)
    {
        var parsed = new ProgramArguments();
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "--help" or "-h" or "-?")
            {
                parsed.Help = true;
                continue;
            }

            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || arguments[i].Length == 2)
            {
                throw new SettingException($"\"{arguments[i]}\" is not an option: options are --name value or --name=value. --help lists them.");
            }

            int equals = arguments[i].IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? arguments[i] : arguments[i][..equals];
            string value = equals >= 0 ? arguments[i][(equals + 1)..]
                : i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[++i]
                : throw new SettingException($"{name} needs a value: {name} {options.FirstOrDefault(o => o.Name == name)?.Value ?? "VALUE"}.");
            parsed.Add(name, value, options);
        }

        return parsed;
    }

    private void Add(string name, string value, IReadOnlyList<ProgramOption> options)
    {
        ProgramOption? option = options.FirstOrDefault(o => o.Name == name);
        if (option is not null && string.IsNullOrWhiteSpace(value))
        {
            throw new SettingException($"{name} needs a value: {name} {option.Value}.");
        }

        bool isNew = option is null ? _settings.TryAdd(name[2..], value)
            : option.Setting is { } setting ? _settings.TryAdd(setting, value)
            : _options.TryAdd(name, value);
        if (!isNew)
        {
            ProgramOption? other = option ?? options.FirstOrDefault(o => name[2..].Equals(o.Setting, StringComparison.OrdinalIgnoreCase));
            throw new SettingException(other?.Setting is null ? $"{name} is given twice." : $"{other.Name} and --{other.Setting} are the same, and it is given twice.");
        }
    }
}
