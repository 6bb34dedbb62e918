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
        (string Id, int Handles)[] holders =
        [
            .. Directory.EnumerateDirectories(Processes).Select(p => Path.GetFileName(p)).Where(id => id.All(char.IsAsciiDigit))
                .Select(id => (Id: id, Handles: Ask(() => Count(id, full)))).Where(h => h.Handles > 0),
        ];
        return holders.Where(h => !IsBeingStarted(h.Id, holders.Select(other => other.Id))).Sum(h => h.Handles);
    }

    private static int Count(string process, string path) => Directory.EnumerateFileSystemEntries(Path.Combine(Processes, process, "fd"))
        .Select(handle => new FileInfo(handle).LinkTarget).Count(target => target == path || target == path + " (deleted)");

    /// <summary>True for a process that still runs the program of the one that starts it, and has its handles until it runs its own.</summary>
    private static bool IsBeingStarted(string process, IEnumerable<string> holders) => Ask(() =>
        holders.Contains(Parent(process)) && Program(process) is { } program && program == Program(Parent(process)));

    /// <summary>The parent, which is the second field after the name of the program.</summary>
    private static string Parent(string process)
    {
        string state = File.ReadAllText(Path.Combine(Processes, process, "stat"));
        return state[(state.LastIndexOf(')') + 2)..].Split(' ')[1];
    }

    private static string? Program(string process) => new FileInfo(Path.Combine(Processes, process, "exe")).LinkTarget;

    /// <summary>Asks for something of a process. One that is another user's, or has ended, tells nothing.</summary>
    private static T? Ask<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return default;
        }
    }
}
