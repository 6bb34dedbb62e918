using System.Reflection;
using System.Text;
using DinOrleans.Gateway;
using DinOrleans.Programs;
using DinOrleans.Programs.Settings;
using DinOrleans.Silo;
using DinOrleans.TestMachine;
using DinOrleans.Training.Service;

namespace DinOrleans.Standalone.Tests.Docs;

/// <summary>
/// The generated part of docs/settings.md: every setting of every class of options, with name, default, rule and docstring. The text before
/// the mark is written by hand.
/// </summary>
internal static class SettingsPage
{
    /// <summary>The line after which everything is generated.</summary>
    private const string Mark = "<!-- Everything below is generated from the docstrings of the options. Change those, and generate it again as CONTRIBUTING.md says. -->";

    private static readonly Dictionary<string, ServerProgram> Programs = new()
    {
        ["Standalone"] = StandaloneProgram.Instance,
        ["Silo"] = SiloProgram.Instance,
        ["Gateway"] = GatewayProgram.Instance,
        ["Training"] = TrainingProgram.Instance,
    };

    /// <summary>The page as it should be.</summary>
    /// <param name="page">The page as it is, of which the part before the mark is kept.</param>
    public static async Task<string> WriteAsync(string page)
    {
        int mark = page.IndexOf(Mark, StringComparison.Ordinal);
        Assert.True(mark >= 0, $"docs/settings.md has lost the line \"{Mark}\".");
        var text = new StringBuilder(page[..mark]).Append(Mark).Append('\n');
        Dictionary<string, string> help = await HelpAsync();
        foreach (Type options in OptionsClasses())
        {
            Write(text, options, help);
        }

        return text.ToString();
    }

    /// <summary>Every class in the assemblies of the programs that names the section it is bound to, by that name.</summary>
    private static IEnumerable<Type> OptionsClasses() => Directory.EnumerateFiles(AppContext.BaseDirectory, "DinOrleans.*.dll")
        .Select(file => Assembly.Load(new AssemblyName(Path.GetFileNameWithoutExtension(file))))
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => SettingsSection.Find(type) is not null)
        .OrderBy(type => SettingsSection.Find(type)!.Name, StringComparer.Ordinal);

    private static async Task<Dictionary<string, string>> HelpAsync()
    {
        var help = new Dictionary<string, string>();
        foreach ((string name, ServerProgram program) in Programs)
        {
            using var output = new StringWriter();
            Assert.Equal(0, await program.RunAsync(["--help"], output, TextWriter.Null));
            help[name] = output.ToString();
        }

        return help;
    }

    private static void Write(StringBuilder text, Type options, Dictionary<string, string> help)
    {
        SettingsSection section = SettingsSection.Find(options)!;
        string[] programs = [.. help.Where(h => h.Value.Contains($"--{section.Name}:", StringComparison.Ordinal)).Select(h => h.Key)];
        Assert.True(programs.Length > 0, $"No program lists the settings of {options} in its --help.");

        text.Append($"\n## {section.Name}\n\n{DocComments.Summary(options)} Read by: {string.Join(", ", programs)}.\n\n");
        text.Append("| setting | default | rule | meaning |\n|---|---|---|---|\n");
        foreach (Setting setting in section.Settings)
        {
            string rule = (setting.Rule ?? "any text").Replace("must be ", "", StringComparison.Ordinal).Replace(" (days.hours:minutes:seconds)", "", StringComparison.Ordinal);
            string given = setting.Default.Length > 0 ? $"`{setting.Default}`" : "none";
            text.Append($"| `{section.Name}:{setting.Name}` | {given} | {rule} | {DocComments.Summary(options.GetProperty(setting.Name)!)} |\n");
        }

        foreach (Setting setting in section.Settings)
        {
            WriteValues(text, $"{section.Name}:{setting.Name}", options.GetProperty(setting.Name)!.PropertyType);
        }
    }

    private static void WriteValues(StringBuilder text, string setting, Type type)
    {
        if (!type.IsEnum)
        {
            return;
        }

        text.Append($"\n`{setting}`:\n\n| value | meaning |\n|---|---|\n");
        foreach (string value in Enum.GetNames(type))
        {
            text.Append($"| `{value}` | {DocComments.Summary(type, value)} |\n");
        }
    }
}
