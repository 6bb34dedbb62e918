using DinOrleans.Model.Validation;
using DinOrleans.Storage.Erasures;
using DinOrleans.Storage.Sqlite;

namespace DinOrleans.Cli.Erasures;

/// <summary>Where erasures are known from: an export, an erasure journal, or the data folder that a server had before.</summary>
/// <param name="Path">The path that was given.</param>
/// <param name="Lists">The erasures, by file.</param>
/// <param name="Warnings">What could not be read and was not needed.</param>
internal sealed record ErasureSource(string Path, IReadOnlyList<ErasureList> Lists, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads a source.</summary>
    /// <param name="path">A file that "erasures export" wrote, the folder of an erasure journal or a file of it, or a data folder.</param>
    /// <exception cref="InvalidContentException">There is nothing of that kind.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static ErasureSource Read(string path)
    {
        if (File.Exists(path))
        {
            return new(path, [ErasureFile.Read(path)], []);
        }

        if (!Directory.Exists(path))
        {
            throw new InvalidContentException($"There is no file or folder {path}.");
        }

        string journal = System.IO.Path.Combine(path, ErasureJournal.FolderName);
        List<ErasureList> lists = [.. (Directory.Exists(journal) ? ErasureJournal.Files(journal) : ErasureJournal.Files(path)).Select(ErasureFile.Read)];
        List<string> warnings = [];
        string database = System.IO.Path.Combine(path, SqliteOptions.FileName);
        if (File.Exists(database))
        {
            AddTombstones(database, lists, warnings);
        }

        return lists.Count > 0 ? new(path, lists, warnings) : throw new InvalidContentException(
            $"{path} has no erasures: give a file that \"erasures export\" wrote, the folder of an erasure journal, or the data folder that the server had.");
    }

    /// <summary>True where the source has all erasures since a moment.</summary>
    public bool Covers(DateTimeOffset moment) => Lists.Any(list => (list.From is null || list.From <= moment) && (list.To is null || list.To >= moment));

    /// <summary>A database of old may be damaged, which is why there is a restore. Its journal is in files of their own.</summary>
    private static void AddTombstones(string database, List<ErasureList> lists, List<string> warnings)
    {
        try
        {
            lists.Add(new(From: null, To: null, new SqliteFile(database).Tombstones()));
        }
        catch (InvalidDataException e) when (lists.Count > 0)
        {
            warnings.Add($"{e.Message.TrimEnd('.')}, so the erasures are read from the journal beside it only");
        }
    }
}
