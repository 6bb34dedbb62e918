using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Validation;
using DinOrleans.Storage.Folders;
using DinOrleans.Storage.Registry;
using DinOrleans.Storage.Sqlite;

namespace DinOrleans.Cli.Backups;

/// <summary>Makes a backup of a data folder, beside the server that uses it.</summary>
/// <remarks>
/// The order keeps the parts consistent. Versions never change, and one is in its place before the database names it. So the versions are copied first,
/// then the database, and then the versions that came in between. The database is copied in one read transaction, which sees every commit before it:
/// an event that was acknowledged before the copy began is in it.
/// </remarks>
/// <param name="data">The data folder.</param>
/// <param name="to">The folder of the backup.</param>
/// <param name="pace">The rate at which files are copied.</param>
/// <param name="time">The clock.</param>
internal sealed class BackupRun(string data, string to, CopyPace pace, TimeProvider time)
{
    private readonly Dictionary<string, BackupFile> _files = [];
    private readonly Dictionary<string, string> _damaged = [];

    /// <summary>Makes the backup, or leaves nothing of it.</summary>
    /// <exception cref="InvalidContentException">The data folder is not one, or the backup's folder has something in it.</exception>
    /// <exception cref="InvalidDataException">The database is damaged.</exception>
    /// <exception cref="IOException">Something cannot be read or written. The message says that nothing is left.</exception>
    public BackupManifest Make(CancellationToken cancellationToken)
    {
        DataFolder.Require(data);
        RequireEmpty();
        RequireKnownSchema();
        FreeSpace.Require(to, DataFolder.Bytes(data));
        bool isNew = !Directory.Exists(to);
        Directory.CreateDirectory(to);
        try
        {
            BackupManifest manifest = Copy(cancellationToken);
            manifest.Write(to);
            return manifest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(isNew);
            throw new IOException($"The backup was not made, and nothing of it is left: {e.Message}", e);
        }
        catch
        {
            Remove(isNew);
            throw;
        }
    }

    private BackupManifest Copy(CancellationToken cancellationToken)
    {
        CopyVersions(DataFolder.ListVersions(data), cancellationToken);
        string copy = Path.Combine(to, SqliteOptions.FileName);
        DateTimeOffset takenAt = time.GetUtcNow();
        new SqliteFile(Path.Combine(data, SqliteOptions.FileName)).CopyTo(copy, pace, cancellationToken);
        var database = new SqliteFile(copy);
        if (database.FindDamage(everything: false) is [string first, ..])
        {
            throw new InvalidDataException($"{Path.Combine(data, SqliteOptions.FileName)} is damaged, and no backup was made of it: {first}. \"dinorleans doctor\" says what to do.");
        }

        SqliteContent content = database.Describe();
        _files[SqliteOptions.FileName] = FileDigest.Of(copy, cancellationToken);
        string[] copied = DataFolder.ListVersions(to);
        CopyVersions(content.Versions.Select(v => v.Version).Except(copied).Except(_damaged.Keys).Where(Exists), cancellationToken);
        foreach (string file in DataFolder.Files.Where(f => File.Exists(Path.Combine(data, f))))
        {
            _files[file] = FileDigest.Copy(Path.Combine(data, file), Path.Combine(to, file), pace, cancellationToken);
        }

        return new()
        {
            TakenAt = takenAt,
            Schema = database.Schema(),
            Events = content.Events,
            Users = content.Users,
            LeftOut = [.. LeftOut(content)],
            Files = _files,
        };
    }

    private void CopyVersions(IEnumerable<string> versions, CancellationToken cancellationToken)
    {
        foreach (string version in versions)
        {
            string place = Path.Combine(to, DataFolder.Versions, version);
            try
            {
                CopyVersion(version, cancellationToken);
                Artifact.Verify(place, cancellationToken);
            }
            catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException && !Exists(version))
            {
                // The server has removed it meanwhile.
                Forget(version, place);
            }
            catch (ArtifactException e)
            {
                _damaged[version] = e.Message.TrimEnd('.');
                Forget(version, place);
            }
        }
    }

    private void CopyVersion(string version, CancellationToken cancellationToken)
    {
        string from = Path.Combine(data, DataFolder.Versions, version);
        foreach (string path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string name = $"{DataFolder.Versions}/{version}/{Path.GetRelativePath(from, path).Replace('\\', '/')}";
            _files[name] = FileDigest.Copy(path, Path.Combine(to, name), pace, cancellationToken);
        }
    }

    private void Forget(string version, string place)
    {
        foreach (string name in _files.Keys.Where(n => n.StartsWith($"{DataFolder.Versions}/{version}/", StringComparison.Ordinal)).ToArray())
        {
            _files.Remove(name);
        }

        if (Directory.Exists(place))
        {
            Directory.Delete(place, recursive: true);
        }
    }

    /// <summary>Damaged versions, and those that the registry names and that are gone. A version that was refused may be gone.</summary>
    private IEnumerable<string> LeftOut(SqliteContent content)
    {
        HashSet<string> held = [.. DataFolder.ListVersions(to)];
        string? active = content.Activation.Active;
        foreach ((string version, string reason) in _damaged.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            yield return $"version {version}{(version == active ? ", which serves," : "")} is damaged: {reason}";
        }

        foreach (NamedVersion version in content.Versions.Where(v => !v.IsRefused && !held.Contains(v.Version) && !_damaged.ContainsKey(v.Version)))
        {
            yield return $"version {version.Version}{(version.Version == active ? ", which serves," : "")} is missing from {Path.Combine(data, DataFolder.Versions)}";
        }
    }

    private bool Exists(string version) => Directory.Exists(Path.Combine(data, DataFolder.Versions, version));

    private void RequireEmpty()
    {
        if (File.Exists(to) || (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()))
        {
            throw new InvalidContentException(
                File.Exists(to) ? $"{to} is a file: a backup needs a folder of its own."
                : File.Exists(Path.Combine(to, BackupManifest.FileName)) ? $"{to} holds a backup already: name another folder."
                : $"{to} is not empty: name another folder. What an interrupted backup left there, without {BackupManifest.FileName}, can be removed.");
        }
    }

    private void RequireKnownSchema()
    {
        int schema = new SqliteFile(Path.Combine(data, SqliteOptions.FileName)).Schema();
        if (schema > SqliteFile.CurrentSchema)
        {
            throw new InvalidDataException(
                $"{Path.Combine(data, SqliteOptions.FileName)} has schema version {schema}, but this program knows up to {SqliteFile.CurrentSchema}. Use the program of the server's version.");
        }
    }

    private void Remove(bool isNew)
    {
        if (isNew)
        {
            Directory.Delete(to, recursive: true);
            return;
        }

        foreach (string folder in Directory.EnumerateDirectories(to))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (string file in Directory.EnumerateFiles(to))
        {
            File.Delete(file);
        }
    }
}
