namespace DinOrleans.Storage.Folders;

/// <summary>
/// The lock of a data folder, which one process at a time holds, because an embedded database belongs to one silo. The operating system releases it
/// when the process ends, however it ends.
/// </summary>
public sealed class FolderLock : IDisposable
{
    /// <summary>The name of the file that is locked.</summary>
    public const string FileName = ".lock";

    private readonly FileStream _held;

    private FolderLock(FileStream held) => _held = held;

    /// <summary>Makes the folder if it is missing, and takes its lock.</summary>
    /// <param name="folder">The data folder.</param>
    /// <exception cref="FolderInUseException">Another process holds the lock.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static FolderLock Take(string folder)
    {
        string path = Path.GetFullPath(folder);
        Directory.CreateDirectory(path);
        return new(Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
    }

    /// <summary>True where a process holds the lock. Nothing is written.</summary>
    /// <param name="folder">The data folder.</param>
    /// <exception cref="IOException">The lock cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">The lock may not be looked at.</exception>
    public static bool IsHeld(string folder)
    {
        try
        {
            using FileStream free = Open(Path.GetFullPath(folder), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FolderInUseException)
        {
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();

    private static FileStream Open(string folder, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(Path.Combine(folder, FileName), mode, access, share);
        }
        catch (IOException e) when (IsShared(e))
        {
            throw new FolderInUseException(folder, e);
        }
    }

    /// <summary>True for the error of a file that another process holds: EAGAIN on Linux, 35 on macOS, and a sharing violation on Windows.</summary>
    private static bool IsShared(IOException e) => OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) == 32 : e.HResult is 11 or 35;
}

/// <summary>Another process uses a data folder.</summary>
public sealed class FolderInUseException : IOException
{
    /// <param name="folder">The full path of the data folder.</param>
    /// <param name="innerException">The error of the operating system.</param>
    public FolderInUseException(string folder, Exception innerException)
        : base($"Another process uses {folder}.", innerException)
    {
    }
}
