namespace DinOrleans.Cli.Running;

/// <summary>Describes errors that a person can correct, in one line.</summary>
internal static class PlainMessage
{
    /// <summary>Describes an error without line ends and technical additions.</summary>
    public static string Describe(Exception error) => (error switch
    {
        FileNotFoundException { FileName: { } file } => $"There is no file {file}.",
        DirectoryNotFoundException => $"A folder of the path does not exist ({error.Message.TrimEnd('.')}).",
        UnauthorizedAccessException => $"This user may not read or write there ({error.Message.TrimEnd('.')}).",
        _ => error.Message,
    }).ReplaceLineEndings(" ");
}
