using DinOrleans.Storage.Erasures;
using DinOrleans.Storage.Sqlite;

namespace DinOrleans.Cli.Doctor;

/// <summary>Looks at the embedded database of a data folder.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="everything">True to compare every index with its table.</param>
/// <param name="findings">Takes what is found.</param>
internal sealed class DatabaseDoctor(string folder, bool everything, Findings findings)
{
    private const int MostNamed = 3;

    private readonly string _path = Path.Combine(folder, SqliteOptions.FileName);

    /// <summary>Looks at the database.</summary>
    /// <returns>What it holds; null where that cannot be read.</returns>
    public SqliteContent? Look()
    {
        if (!File.Exists(_path))
        {
            findings.Problem(_path, "It is missing.", "Restore a backup to a new folder. A server that starts here begins an empty shop. For a cluster on PostgreSQL, give --postgres.");
            return null;
        }

        try
        {
            return LookAtFile();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Unknown(_path, e.Message, "Run this as the user of the server.");
            return null;
        }
    }

    private SqliteContent? LookAtFile()
    {
        var database = new SqliteFile(_path);
        if (database.FindDamage(everything) is { Count: > 0 } damage)
        {
            string rest = damage.Count > MostNamed ? $"; and {damage.Count - MostNamed} more" : "";
            findings.Problem(
                _path, $"It is damaged: {string.Join("; ", damage.Take(MostNamed)).TrimEnd('.')}{rest}.",
                $"Stop the server, and restore a backup to a new folder with --erasures {folder}. Without a backup, save what can be read with \"sqlite3 {SqliteOptions.FileName} .recover\" into a new file.");
            return null;
        }

        int schema = database.Schema();
        if (schema > SqliteFile.CurrentSchema)
        {
            findings.Problem(_path, $"It has schema version {schema}, but this program knows up to {SqliteFile.CurrentSchema}.", "Use the program that made it, or a newer one.");
            return null;
        }

        if (schema < SqliteFile.CurrentSchema)
        {
            findings.Note(_path, $"It has schema version {schema}, this program makes {SqliteFile.CurrentSchema}.", "The next start of a server of this version brings it up to date. Make a backup before.");
        }

        LookAtErasures(database);
        return database.Describe();
    }

    private void LookAtErasures(SqliteFile database)
    {
        string journal = Path.Combine(folder, ErasureJournal.FolderName);
        if (!Directory.Exists(journal))
        {
            return;
        }

        try
        {
            Dictionary<string, DateTimeOffset> held = database.Tombstones().ToDictionary(e => e.UserId, e => e.Until);
            int missing = ErasureJournal.Files(journal).SelectMany(file => ErasureFile.Read(file).Erasures)
                .Where(e => !held.TryGetValue(e.UserId, out DateTimeOffset until) || until < e.Until).DistinctBy(e => e.UserId).Count();
            if (missing > 0)
            {
                findings.Problem(_path, $"It is older than the erasure journal: {missing} erased users are in it.", "Start the server again, which erases them again.");
            }
        }
        catch (InvalidDataException e)
        {
            findings.Problem(journal, e.Message, "Put back the file from a copy, or remove it after \"erasures export\": a server does not start with a damaged journal.");
        }
    }
}
