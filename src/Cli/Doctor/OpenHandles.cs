namespace DinOrleans.Cli.Doctor;

/// <summary>How often a file is open on this machine.</summary>
internal static class OpenHandles
{
    private const string Processes = "/proc";

    /// <summary>Counts the open handles of a file, also of one of that name that was deleted.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The number of handles in the processes that this user may look into; null where the system does not tell.</returns>
    public static int? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        string full = Path.GetFullPath(path);
        return Directory.EnumerateDirectories(Processes).Where(p => Path.GetFileName(p).All(char.IsAsciiDigit)).Sum(process => Count(Path.Combine(process, "fd"), full));
    }

    private static int Count(string handles, string path)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(handles).Select(handle => new FileInfo(handle).LinkTarget).Count(target => target == path || target == path + " (deleted)");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // The process is another user's, or has ended.
            return 0;
        }
    }
}
