using DinOrleans.Model.Validation;
using DinOrleans.Storage.Erasures;
using DinOrleans.Storage.Folders;
using DinOrleans.Storage.Sqlite;

namespace DinOrleans.Cli.Backups;

/// <summary>Makes a data folder of a backup.</summary>
/// <param name="backup">The folder of the backup.</param>
/// <param name="to">The data folder, which must be empty or not exist.</param>
internal sealed class RestoreRun(string backup, string to)
{
    /// <summary>The prefix of the folder that is made first.</summary>
    public const string Staging = ".restoring-";

    private readonly string _to = Path.TrimEndingDirectorySeparator(Path.GetFullPath(to));

    /// <summary>Refuses a data folder that is in use, or not empty.</summary>
    /// <exception cref="FolderInUseException">Another process uses the folder.</exception>
    /// <exception cref="InvalidContentException">The folder is not empty.</exception>
    public void RequireFree()
    {
        if (FolderLock.IsHeld(_to))
        {
            throw new InvalidContentException($"A server uses {_to}: stop it, and restore to a new folder.");
        }

        if (File.Exists(_to) || (Directory.Exists(_to) && Directory.EnumerateFileSystemEntries(_to).Any()))
        {
            throw new InvalidContentException($"{_to} is not empty: restore to a new folder, and start the server with that one.");
        }
    }

    /// <summary>Verifies every file of the backup.</summary>
    /// <exception cref="InvalidContentException">A file is missing or damaged, or the backup was made by a newer program. The message names it.</exception>
    public BackupManifest Verify(CancellationToken cancellationToken)
    {
        BackupManifest manifest = BackupManifest.Read(backup);
        if (manifest.Schema > SqliteFile.CurrentSchema)
        {
            throw new InvalidContentException(
                $"{backup} has schema version {manifest.Schema}, but this program knows up to {SqliteFile.CurrentSchema}. Use the program that made it, or a newer one.");
        }

        if (!manifest.Files.ContainsKey(SqliteOptions.FileName))
        {
            throw new InvalidContentException($"{Path.Combine(backup, BackupManifest.FileName)} is damaged: files lacks {SqliteOptions.FileName}.");
        }

        foreach ((string name, BackupFile expected) in manifest.Files)
        {
            string path = Path.Combine(backup, name);
            if (!File.Exists(path))
            {
                throw new InvalidContentException($"{path} is missing, so the backup is damaged.");
            }

            Require(path, FileDigest.Of(path, cancellationToken), expected);
        }

        return manifest;
    }

    /// <summary>Makes the data folder, or leaves nothing of it. Everything is made beside its place first.</summary>
    /// <param name="manifest">What <see cref="Verify"/> returned.</param>
    /// <param name="erasures">The erasures since the backup.</param>
    /// <param name="cancellationToken">Ends it before the folder is in its place.</param>
    /// <returns>The number of users of the backup who had been erased since.</returns>
    /// <exception cref="IOException">Something cannot be read or written. The message says that nothing is left.</exception>
    public int Make(BackupManifest manifest, IReadOnlyList<Erasure> erasures, CancellationToken cancellationToken)
    {
        // An erasure makes the database anew, which takes its size a second time.
        long database = manifest.Files[SqliteOptions.FileName].Bytes;
        FreeSpace.Require(_to, manifest.Files.Values.Sum(f => f.Bytes) + (erasures.Count > 0 ? database : 0));
        bool isNew = !Directory.Exists(_to);
        string staging = isNew ? $"{Path.Combine(Path.GetDirectoryName(_to)!, Staging)}{Guid.NewGuid():N}" : Path.Combine(_to, $"{Staging}{Guid.NewGuid():N}");
        Directory.CreateDirectory(staging);
        try
        {
            // No server may start in the folder meanwhile.
            using FolderLock? held = isNew ? null : FolderLock.Take(_to);
            int erased = Stage(staging, manifest, erasures, cancellationToken);
            Place(staging, isNew);
            return erased;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Directory.Delete(staging, recursive: true);
            throw new IOException($"Nothing was restored: {e.Message}", e);
        }
        catch
        {
            Directory.Delete(staging, recursive: true);
            throw;
        }
    }

    private int Stage(string staging, BackupManifest manifest, IReadOnlyList<Erasure> erasures, CancellationToken cancellationToken)
    {
        var pace = new CopyPace(long.MaxValue);
        foreach ((string name, BackupFile expected) in manifest.Files)
        {
            Require(Path.Combine(backup, name), FileDigest.Copy(Path.Combine(backup, name), Path.Combine(staging, name), pace, cancellationToken), expected);
        }

        if (erasures.Count == 0)
        {
            return 0;
        }

        string journal = Path.Combine(staging, ErasureJournal.FolderName);
        Directory.CreateDirectory(journal);
        ErasureFile.Write(Path.Combine(journal, "restored" + ErasureFile.Extension), manifest.TakenAt, to: null, erasures);
        return new SqliteFile(Path.Combine(staging, SqliteOptions.FileName)).Apply(erasures);
    }

    /// <summary>Renames the new folder into its place. In a folder that was there, a mount point for example, the database comes last.</summary>
    private void Place(string staging, bool isNew)
    {
        if (isNew)
        {
            Directory.Move(staging, _to);
            return;
        }

        foreach (string path in Directory.EnumerateFileSystemEntries(staging).OrderBy(p => Path.GetFileName(p) == SqliteOptions.FileName).ToArray())
        {
            Directory.Move(path, Path.Combine(_to, Path.GetFileName(path)));
        }

        Directory.Delete(staging);
    }

    private static void Require(string path, BackupFile found, BackupFile expected)
    {
        if (found.Bytes != expected.Bytes)
        {
            throw new InvalidContentException($"{path} is damaged: it has {found.Bytes} bytes, but {BackupManifest.FileName} says {expected.Bytes}.");
        }

        if (found.Sha256 != expected.Sha256)
        {
            throw new InvalidContentException($"{path} is damaged: its SHA-256 differs from that in {BackupManifest.FileName}.");
        }
    }
}
