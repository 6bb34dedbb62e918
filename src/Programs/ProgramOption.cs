namespace DinOrleans.Programs;

/// <summary>An option of a program's command line that is not one of its settings.</summary>
/// <param name="Name">The name with its dashes, such as <c>--dataset</c>.</param>
/// <param name="Value">The kind of value that the option takes, in capitals, such as <c>FOLDER</c>.</param>
/// <param name="Description">What the option does, in a sentence.</param>
/// <param name="Setting">The setting that the option is another name of; null where it is not a setting.</param>
public sealed record ProgramOption(string Name, string Value, string Description, string? Setting = null);
