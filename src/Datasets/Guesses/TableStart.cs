using System.Globalization;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Datasets.Guesses;

/// <summary>The first rows of a file.</summary>
internal sealed class TableStart
{
    private const int MostRows = 10_000;

    /// <summary>Longer fields are cut, because the rows are kept in memory. No feature has so long a value.</summary>
    private const int LongestField = 400;

    private readonly SourceOptions _source;

    private TableStart(PlanFile file, IReadOnlyList<string> header, IReadOnlyList<string[]> rows, SourceOptions source)
    {
        File = file;
        _source = source;
        Rows = rows;
        Columns = [.. header.Select((name, i) => new ColumnProfile(name, i, rows, source))];
    }

    /// <summary>The file and its format.</summary>
    public PlanFile File { get; }

    /// <summary>The name of the file, with that of the sheet if one was stated.</summary>
    public string Name => NameOf(File);

    /// <summary>The rows.</summary>
    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>The columns in the order of the file.</summary>
    public IReadOnlyList<ColumnProfile> Columns { get; }

    /// <summary>Reads the first 10,000 rows of a file.</summary>
    /// <exception cref="DatasetException">A row does not have the format of the file, or there is none.</exception>
    public static TableStart Read(PlanFile file, SourceOptions source)
    {
        using DataTable table = DataTable.Open(file.Path, PlanFormat.Of(file, new()));
        List<string[]> rows = [];
        while (rows.Count < MostRows && table.Read())
        {
            rows.Add([.. Enumerable.Range(0, table.Header.Count).Select(i => Cut(table[i]))]);
        }

        return rows.Count > 0 ? new(file, table.Header, rows, source) : throw new DatasetException($"{NameOf(file)}: has no rows");
    }

    /// <summary>The name that a column without one gets.</summary>
    /// <param name="start">The start of the name.</param>
    /// <param name="index">The position of the column, from 0.</param>
    public static string Numbered(string start, int index) => string.Create(CultureInfo.InvariantCulture, $"{start}_{index + 1}");

    /// <summary>The same rows with other names for columns that have none in the file.</summary>
    /// <param name="start">The start of the names.</param>
    public TableStart Renamed(string start)
    {
        if (File.Columns is null)
        {
            return this;
        }

        string[] names = [.. Columns.Select(c => Numbered(start, c.Index))];
        return new(File with { Columns = names }, names, Rows, _source);
    }

    /// <summary>The column of a name.</summary>
    /// <exception cref="DatasetException">The file does not have it.</exception>
    public ColumnProfile Column(string name) => Columns.FirstOrDefault(c => c.Name == name)
        ?? throw new DatasetException($"{Name}: has no column \"{name}\"; its columns are {string.Join(", ", Columns.Select(c => c.Name))}");

    /// <summary>Counts how many of some ids columns have. It reads the whole file if that is longer.</summary>
    /// <param name="columns">The columns, each of which has an id in at most one row.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public long[] Matches(IReadOnlyList<ColumnProfile> columns, IReadOnlySet<string> ids, CancellationToken cancellationToken)
    {
        if (Rows.Count < MostRows)
        {
            return [.. columns.Select(c => (long)c.Distinct.Count(ids.Contains))];
        }

        var matches = new long[columns.Count];
        using DataTable table = DataTable.Open(File.Path, PlanFormat.Of(File, new()));
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < columns.Count; i++)
            {
                matches[i] += ids.Contains(table[columns[i].Index]) ? 1 : 0;
            }
        }

        return matches;
    }

    private static string NameOf(PlanFile file) => file.Sheet is { } sheet ? $"{Path.GetFileName(file.Path)} sheet \"{sheet}\"" : Path.GetFileName(file.Path);

    private static string Cut(string field) => field.Length <= LongestField ? field : field[..LongestField];
}
