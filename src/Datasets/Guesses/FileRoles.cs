using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Datasets.Guesses;

/// <summary>Finds out which files hold items and which hold users, by the ids that they share with the events.</summary>
internal static class FileRoles
{
    private const double NameBonus = 0.1;

    private static readonly string[] ItemFiles = ["item", "movie", "product", "article", "artikel", "produkt", "book", "game", "catalog", "katalog", "meta", "song", "track", "ad_feature"];
    private static readonly string[] UserFiles = ["user", "customer", "kunde", "nutzer", "people", "profile", "visitor", "member"];

    /// <summary>The file that holds the events: one with a time, and the one with the columns of users and items if several have times.</summary>
    /// <exception cref="DatasetException">No file has a time.</exception>
    public static TableStart Events(IReadOnlyList<TableStart> files, PlanChanges stated) =>
        files.Count == 1 ? files[0]
        : files.Where(f => !IsItems(f, stated) && !IsUsers(f, stated) && (stated.TimestampColumn is { } column ? f.Columns.Any(c => c.Name == column) : f.Columns.Any(c => c.Time is not null))).MaxBy(EventFit)
            ?? throw new DatasetException(
                $"no column of {string.Join(" and ", files.Select(f => f.Name))} looks like a time, so none of them can hold the events; name the column with --timestamp-column and its format with --timestamp-format");

    /// <summary>Assigns roles to the files besides the events.</summary>
    /// <param name="others">The files, at most two.</param>
    /// <param name="events">The events.</param>
    /// <param name="columns">The columns of the ids in the events.</param>
    /// <param name="stated">What a person said.</param>
    /// <param name="cancellationToken">Ends the guess.</param>
    /// <returns>The files with their id columns. Null for a role that no file has.</returns>
    /// <exception cref="DatasetException">A file has no column with the ids of the events.</exception>
    public static (KeyedFile? Items, KeyedFile? Users) Assign(
        IReadOnlyList<TableStart> others, TableStart events, (string User, string Item) columns, PlanChanges stated, CancellationToken cancellationToken)
    {
        KeyedFile? AsItems(TableStart? file) => file is null ? null : Key(file, events, columns.Item, stated.ItemsIdColumn, ItemFiles, ColumnWords.Item, cancellationToken);
        KeyedFile? AsUsers(TableStart? file) => file is null ? null : Key(file, events, columns.User, stated.UsersIdColumn, UserFiles, ColumnWords.User, cancellationToken);
        TableStart? first = others.ElementAtOrDefault(0);
        TableStart? second = others.ElementAtOrDefault(1);
        (KeyedFile? Items, KeyedFile? Users)[] ways =
        [
            (IsUsers(first, stated) ? null : AsItems(first), IsItems(second, stated) ? null : AsUsers(second)),
            (IsUsers(second, stated) ? null : AsItems(second), IsItems(first, stated) ? null : AsUsers(first)),
        ];
        (KeyedFile? Items, KeyedFile? Users) best = ways.MaxBy(w => (w.Items?.Score ?? 0) + (w.Users?.Score ?? 0));
        TableStart? left = others.FirstOrDefault(o => o != best.Items?.File && o != best.Users?.File);
        return left is null ? best : throw new DatasetException(
            $"{left.Name}: no column with another value in each row has the user ids of {events.Name}, such as {events.Column(columns.User).Examples}, or its item ids, such as "
            + $"{events.Column(columns.Item).Examples}; name it with --items-id-column or --users-id-column, or leave the file out");
    }

    private static bool IsItems(TableStart? file, PlanChanges stated) =>
        file is not null && GivenFile.IsAt(file.File.Path, stated.ItemsFile) && file.File.Sheet == stated.ItemsSheet;

    private static bool IsUsers(TableStart? file, PlanChanges stated) =>
        file is not null && GivenFile.IsAt(file.File.Path, stated.UsersFile) && file.File.Sheet == stated.UsersSheet;

    private static int EventFit(TableStart file) =>
        (file.Columns.Any(c => ColumnWords.User.Fit(c.Name) > 0) ? 1 : 0) + (file.Columns.Any(c => ColumnWords.Item.Fit(c.Name) > 0) ? 1 : 0)
        + (file.Columns.All(c => c.Distinct.Count < c.Rows || c.Time is not null || c.Rows == 1) ? 1 : 0);

    private static KeyedFile? Key(
        TableStart file, TableStart events, string eventColumn, string? stated, string[] fileNames, ColumnWords words, CancellationToken cancellationToken)
    {
        IReadOnlySet<string> ids = events.Column(eventColumn).Distinct;
        ColumnProfile[] candidates = stated is null ? [.. file.Columns.Where(c => c.Distinct.Count == c.Rows)] : [.. file.Columns.Where(c => c.Name == stated)];
        long[] hits = file.Matches(candidates, ids, cancellationToken);
        return candidates.Select((column, i) => new KeyedFile(
                file,
                column.Name,
                (double)hits[i] / ids.Count,
                (column.Name == eventColumn || words.Fit(column.Name) > 0 ? NameBonus : 0)
                    + (fileNames.Any(n => file.Name.Contains(n, StringComparison.OrdinalIgnoreCase)) ? NameBonus : 0)))
            .Where(k => k.Share > 0)
            .MaxBy(k => k.Score);
    }
}

/// <summary>A file with the column of its ids.</summary>
/// <param name="File">The file.</param>
/// <param name="Column">The column of the ids.</param>
/// <param name="Share">The share of the ids of the events that the file has.</param>
/// <param name="Bonus">What names add to it.</param>
internal sealed record KeyedFile(TableStart File, string Column, double Share, double Bonus)
{
    public double Score => Share + Bonus;

    /// <summary>The file with other names for columns that have none.</summary>
    /// <param name="start">The start of the names.</param>
    public KeyedFile Renamed(string start)
    {
        TableStart renamed = File.Renamed(start);
        return this with { File = renamed, Column = renamed.Columns[File.Column(Column).Index].Name };
    }
}
