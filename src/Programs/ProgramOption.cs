namespace DinOrleans.Programs;

/// <summary>An option of a program's command line that is not one of its settings.</summary>
/// <param name="Name">With its dashes, such as <c>--dataset</c>.</param>
/// <param name="Value">What kind of value it takes, in capitals, such as <c>FOLDER</c>.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Setting">The setting that the option is another name of; null if it is none.</param>
public sealed record ProgramOption(string Name, string Value, string Description, string? Setting = null);
