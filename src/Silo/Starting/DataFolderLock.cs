using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using DinOrleans.Silo.Settings;

namespace DinOrleans.Silo.Starting;

/// <summary>
/// Locks a data folder for one process, because an embedded database belongs to one silo, which keeps parts of it in memory. The operating
/// system releases the lock when the process ends, however it ends.
/// </summary>
public sealed class DataFolderLock(string folder) : IStartCheck, IDisposable
{
    private const string FileName = ".lock";
    private const string Setting = $"{SiloOptions.Section}:{nameof(SiloOptions.DataFolder)}";

    private FileStream? _held;

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        _held ??= Take();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _held?.Dispose();

    private FileStream Take()
    {
        string path = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(path);
            return new FileStream(Path.Combine(path, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsShared(e))
        {
            throw new SettingException($"{Setting} is \"{path}\": another process uses this data folder. Stop it, or give this one a folder of its own.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(Setting, path, $"must be a folder that this process may write to ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>True for the error of a file that another process holds: EAGAIN on Linux, 35 on macOS, and a sharing violation on Windows.</summary>
    private static bool IsShared(IOException e) => OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) == 32 : e.HResult is 11 or 35;
}
