using DinOrleans.Cli.Backups;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.Storage.Folders;
using DinOrleans.Storage.Sqlite;

namespace DinOrleans.Cli.Doctor;

/// <summary>Looks at a data folder: its users, small files, left-overs and room. <see cref="DatabaseDoctor"/> and <see cref="VersionDoctor"/> look at the rest.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="findings">Takes what is found.</param>
internal sealed class FolderDoctor(string folder, Findings findings)
{
    private const string Schema = "schema.json";

    /// <summary>The room that a server needs to go on for a while.</summary>
    private const long FewBytes = 256L << 20;

    /// <summary>The largest database that a server rewrites after an erasure, which takes its size a second time.</summary>
    private const long RewrittenBytes = 1L << 30;

    /// <summary>Requires a folder that a server may have made.</summary>
    /// <exception cref="InvalidContentException">The folder has nothing of a data folder.</exception>
    public static void Require(string folder)
    {
        if (!((string[])[SqliteOptions.FileName, DataFolder.Versions, Schema]).Any(name => Path.Exists(Path.Combine(folder, name))))
        {
            throw new InvalidContentException(Directory.Exists(folder)
                ? $"{folder} is not the data folder of a server: it has neither {SqliteOptions.FileName} nor {DataFolder.Versions} nor {Schema}."
                : $"There is no folder {folder}.");
        }
    }

    /// <summary>Looks at the folder.</summary>
    public void Look()
    {
        bool isServed = LookAtUsers();
        LookAtSchema();
        LookAtLeftOvers(isServed);
        LookAtRoom();
    }

    private bool LookAtUsers()
    {
        int? handles = OpenHandles.Of(Path.Combine(folder, FolderLock.FileName));
        if (handles > 1)
        {
            findings.Problem(
                folder, $"{handles} processes have its lock open, so several servers may use the folder.",
                "Stop all but one at once: they overwrite each other's work. The lock was deleted, or the file system has no locks.");
        }

        bool isServed = FolderLock.IsHeld(folder);
        if (isServed)
        {
            findings.Note(folder, "A server uses it.", "What it is writing now may be named below as unfinished.");
        }

        string format = new DriveInfo(Path.GetFullPath(folder)).DriveFormat;
        if (File.Exists(Path.Combine(folder, SqliteOptions.FileName)) && format is "nfs" or "nfs4" or "cifs" or "smb2" or "smb3")
        {
            findings.Problem(folder, $"The embedded database is on a network file system ({format}).", "Put the data folder on a local disk, or use PostgreSQL: SQLite is damaged by such a share sooner or later.");
        }

        return isServed;
    }

    private void LookAtSchema()
    {
        string path = Path.Combine(folder, Schema);
        try
        {
            if (File.Exists(path))
            {
                FeatureSchema.Load(path);
            }
        }
        catch (InvalidContentException e)
        {
            findings.Problem(path, e.Message, "Put back the schema of the shop, from a backup or from its dataset: without it the server does not start.");
        }
    }

    private void LookAtLeftOvers(bool isServed)
    {
        string versions = Path.Combine(folder, DataFolder.Versions);
        string[] unfinished =
        [
            .. Directory.Exists(versions) ? Directory.EnumerateDirectories(versions, ".*") : [],
            .. Directory.EnumerateFileSystemEntries(folder, "*.partial"),
        ];
        foreach (string path in unfinished)
        {
            findings.Note(path, "It is unfinished.", isServed ? "The server may be writing it. Otherwise its next start removes it." : "The next start of the server removes it.");
        }

        foreach (string path in Directory.EnumerateDirectories(folder, RestoreRun.Staging + "*").Concat(Beside()))
        {
            findings.Problem(path, "A restore that was interrupted has left it.", "Remove it, and restore again.");
        }
    }

    private IEnumerable<string> Beside() =>
        Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) is { } parent
            ? Directory.EnumerateDirectories(parent, RestoreRun.Staging + "*")
            : [];

    private void LookAtRoom()
    {
        long database = Directory.EnumerateFiles(folder, SqliteOptions.FileName).Sum(f => new FileInfo(f).Length);
        long needed = FewBytes + (database <= RewrittenBytes ? database : 0);
        long free = FreeSpace.Of(folder);
        if (free < needed)
        {
            findings.Problem(
                folder, $"Its disk has {FreeSpace.Text(free)} free, and the server should have {FreeSpace.Text(needed)}.",
                "Make room: a server on a full disk takes no events, and an erasure needs room to rewrite the database.");
        }

        long log = Directory.EnumerateFiles(folder, SqliteOptions.FileName + "-wal").Sum(f => new FileInfo(f).Length);
        if (log > Math.Max(database, RewrittenBytes))
        {
            findings.Problem(
                Path.Combine(folder, SqliteOptions.FileName + "-wal"), $"The write-ahead log has {FreeSpace.Text(log)}, more than the database.",
                "A process has kept an old state open for long, such as a backup or a training. End it; the log is emptied when the server stops.");
        }
    }
}
