using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using DinOrleans.Silo.Settings;
using DinOrleans.Storage.Folders;

namespace DinOrleans.Silo.Starting;

/// <summary>Locks the data folder for this process, because an embedded database belongs to one silo, which keeps parts of it in memory.</summary>
public sealed class DataFolderLock(string folder) : IStartCheck, IDisposable
{
    private const string Setting = $"{SiloOptions.Section}:{nameof(SiloOptions.DataFolder)}";

    private FolderLock? _held;

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        _held ??= Take();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _held?.Dispose();

    private FolderLock Take()
    {
        string path = Path.GetFullPath(folder);
        try
        {
            return FolderLock.Take(path);
        }
        catch (FolderInUseException e)
        {
            throw new SettingException($"{Setting} is \"{path}\": another process uses this data folder. Stop it, or give this one a folder of its own.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(Setting, path, $"must be a folder that this process may write to ({e.Message.TrimEnd('.')})", e);
        }
    }
}
