using System.Text;
using DinOrleans.Programs.Settings;

namespace DinOrleans.Programs;

/// <summary>What <c>--help</c> prints: options, and settings with their defaults and rules.</summary>
internal static class HelpText
{
    /// <summary>Makes the text.</summary>
    public static string Compose(ProgramUsage usage, KnownSettings settings)
    {
        var text = new StringBuilder();
        text.AppendLine(usage.Summary).AppendLine();
        text.AppendLine($"Usage: {usage.Program} [--OPTION VALUE] [--SECTION:SETTING VALUE]").AppendLine();
        foreach (ProgramOption option in usage.Options)
        {
            text.AppendLine($"  {option.Name + " " + option.Value,-24}{option.Description}");
        }

        text.AppendLine($"  {"--help",-24}Prints this and ends.").AppendLine();
        text.AppendLine("Settings; an environment variable has \"__\" in place of \":\":").AppendLine();
        foreach (SettingsSection section in settings.Sections)
        {
            foreach (Setting setting in section.Settings)
            {
                string given = setting.Default.Length == 0 ? "none" : setting.Default;
                text.AppendLine($"  {"--" + section.Name + ":" + setting.Name,-38}{setting.Rule ?? "any text"}; default {given}".Replace("must be ", "", StringComparison.Ordinal));
            }
        }

        return text.AppendLine().Append($"Of the host: {string.Join(", ", usage.HostSettings.Select(h => "--" + h + (h.EndsWith(':') ? "…" : "")))}").ToString();
    }
}
