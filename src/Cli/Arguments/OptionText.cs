namespace DinOrleans.Cli.Arguments;

/// <summary>An option that is text, or <c>@FILE</c> for what a file holds.</summary>
internal static class OptionText
{
    private const int MaxFileLength = 1 << 24;

    /// <param name="name">The option's name, for messages.</param>
    /// <param name="value">As given; null where it is not.</param>
    /// <exception cref="InvalidDataException">There is no such file, it cannot be read, or it is too large to be options.</exception>
    public static string? Read(string name, string? value)
    {
        if (value is not ['@', .. string path])
        {
            return value;
        }

        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{name}: {path} {(Directory.Exists(path) ? "is a folder, not a file" : "is not there")}.");
        }

        try
        {
            return new FileInfo(path).Length <= MaxFileLength
                ? File.ReadAllText(path)
                : throw new InvalidDataException($"{name}: {path} must be at most {MaxFileLength} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{name}: {path} cannot be opened to read it; is this user allowed to?", e);
        }
    }
}
