using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;

namespace DinOrleans.Cli.Tests.Docs;

/// <summary>The generated part of docs/cli.md: every command with its arguments, options, examples and the members of its JSON. The text before the mark is written by hand.</summary>
internal static class CommandPage
{
    /// <summary>The line after which everything is generated.</summary>
    private const string Mark = "<!-- Everything below is generated from the commands. Change those, and generate it again as CONTRIBUTING.md says. -->";

    /// <summary>The page as it should be.</summary>
    /// <param name="page">The page as it is, of which the part before the mark is kept.</param>
    public static string Write(string page)
    {
        int mark = page.IndexOf(Mark, StringComparison.Ordinal);
        Assert.True(mark >= 0, $"docs/cli.md has lost the line \"{Mark}\".");
        var text = new StringBuilder(page[..mark]).Append(Mark).Append('\n');
        Dictionary<Type, string> described = [];
        foreach ((string words, Command command) in CommandTree.Leaves())
        {
            Write(text, words, command);
            if (command.Options.OfType<JsonOption>().SingleOrDefault()?.Result is { } result)
            {
                text.Append(described.TryAdd(result, words)
                    ? ResultTable.Write(result)
                    : $"\nThe result with `--json` is that of [{described[result]}](#{described[result].Replace(' ', '-')}).\n");
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, string words, Command command)
    {
        text.Append($"\n## {words}\n\n{Cell(command.Description)}\n\n```bash\n{string.Concat(CommandExamples.Of(command).Select(e => e + "\n"))}```\n\n");
        text.Append("| argument or option | default | meaning |\n|---|---|---|\n");
        foreach (Argument argument in command.Arguments)
        {
            text.Append($"| `{argument.Name}` | {(argument.Arity.MinimumNumberOfValues > 0 ? "required" : "none")} | {Cell(argument.Description)} |\n");
        }

        foreach (Option option in command.Options.Where(o => o is not HelpOption))
        {
            text.Append($"| `{option.Name}` | {Default(option)} | {Cell(option.Description)} |\n");
        }
    }

    private static string Default(Option option) =>
        option.Required ? "required"
        : !option.HasDefaultValue || option.ValueType == typeof(bool) ? "none"
        : option.GetDefaultValue() switch
        {
            null or "" => "none",
            string[] { Length: 0 } => "none",
            string[] values => $"`{string.Join(", ", values)}`",
            var value => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
        };

    private static string Cell(string? text) => (text ?? "").ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
