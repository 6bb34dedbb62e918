using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Datasets.Guesses;

/// <summary>A file that a person gave. One workbook may be given several times, for different sheets.</summary>
/// <param name="Path">The path.</param>
/// <param name="Sheet">The sheet of a workbook. Null for all visible ones.</param>
internal sealed record GivenFile(string Path, string? Sheet)
{
    /// <summary>All files, each once. The stated sheet is that of the first workbook of no stated role.</summary>
    /// <param name="files">The files of no stated role.</param>
    /// <param name="stated">What a person said.</param>
    public static IReadOnlyList<GivenFile> All(IReadOnlyList<string> files, PlanChanges stated)
    {
        string? first = stated.Source.Sheet is null || files.Count == 0 ? null : files.FirstOrDefault(WorkbookFile.IsWorkbook) ?? files[0];
        List<GivenFile> all = [.. files.Select(f => new GivenFile(f, f == first ? stated.Source.Sheet : Of(f)))];
        if (stated.ItemsFile is { } items)
        {
            all.Add(new(items, stated.ItemsSheet));
        }

        if (stated.UsersFile is { } users)
        {
            all.Add(new(users, stated.UsersSheet));
        }

        return [.. all.DistinctBy(f => (System.IO.Path.GetFullPath(f.Path), f.Sheet))];

        string? Of(string file) => IsAt(file, stated.ItemsFile) ? stated.ItemsSheet : IsAt(file, stated.UsersFile) ? stated.UsersSheet : null;
    }

    /// <summary>True if a path is that of a file, if there is one.</summary>
    public static bool IsAt(string path, string? file) => file is not null && System.IO.Path.GetFullPath(path) == System.IO.Path.GetFullPath(file);

    /// <summary>What a person said about this file.</summary>
    public PlanChanges Of(PlanChanges stated) => stated.WithSheet(Sheet);
}
