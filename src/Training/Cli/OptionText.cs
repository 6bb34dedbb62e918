namespace DinOrleans.Training.Cli;

/// <summary>An option that is text, or <c>@FILE</c> for what a file holds.</summary>
internal static class OptionText
{
    public static string? Read(string? value) => value is ['@', .. string file] ? File.ReadAllText(file) : value;
}
