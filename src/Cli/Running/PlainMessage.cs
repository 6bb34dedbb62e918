namespace DinOrleans.Cli.Running;

/// <summary>What a person can mend, in one line.</summary>
internal static class PlainMessage
{
    /// <summary>The message of an error without line ends and without what only programs understand.</summary>
    public static string Describe(Exception error) => (error switch
    {
        FileNotFoundException { FileName: { } file } => $"{file}: there is no such file",
        DirectoryNotFoundException => $"a folder of the path does not exist ({error.Message.TrimEnd('.')})",
        UnauthorizedAccessException => $"this user may not read or write there ({error.Message.TrimEnd('.')})",

        // The framework adds the name of a parameter in brackets.
        ArgumentException { ParamName: { } name } => error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        _ => error.Message,
    }).ReplaceLineEndings(" ");
}
