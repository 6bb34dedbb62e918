using DinOrleans.Model.Validation;

namespace DinOrleans.Cli.Arguments;

/// <summary>An option whose value is text, or <c>@FILE</c> for the content of a file.</summary>
internal static class OptionText
{
    private const int MaxFileLength = 1 << 24;

    /// <summary>Reads the value of an option.</summary>
    /// <param name="name">The name of the option, for error messages.</param>
    /// <param name="value">The value as it was given, or null if it was not given.</param>
    /// <exception cref="InvalidContentException">The file does not exist, cannot be read, or has more than 16,777,216 bytes.</exception>
    public static string? Read(string name, string? value)
    {
        if (value is not ['@', .. string path])
        {
            return value;
        }

        if (!File.Exists(path))
        {
            throw new InvalidContentException($"{name}: {(Directory.Exists(path) ? $"{path} is a folder, not a file" : $"there is no file {path}")}.");
        }

        try
        {
            return new FileInfo(path).Length <= MaxFileLength
                ? File.ReadAllText(path)
                : throw new InvalidContentException($"{name}: {path} must be at most {MaxFileLength} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidContentException($"{name}: {path} cannot be opened to read it; is this user allowed to?", e);
        }
    }
}
