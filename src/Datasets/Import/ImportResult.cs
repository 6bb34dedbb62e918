using System.Globalization;

namespace DinOrleans.Datasets.Import;

/// <summary>The result of an import.</summary>
/// <param name="Dataset">The summary of the dataset.</param>
/// <param name="LeftOutRows">What was left out and why.</param>
public sealed record ImportResult(DatasetSummary Dataset, IReadOnlyList<LeftOutRows> LeftOutRows)
{
    /// <summary>The number of rows of the source that the importer left out.</summary>
    public long LeftOut => LeftOutRows.Sum(r => r.Rows);

    /// <summary>Sentences about values that could be read in more than one way, about lists, and about columns that cannot be read. Empty for none.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What was left out and why, in one sentence.</summary>
    public string DescribeLeftOut() => LeftOutRows.Count == 0
        ? "Left out: no rows."
        : $"Left out: {string.Join("; ", LeftOutRows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Rows:N0} {(r.Rows == 1 ? "row" : "rows")} {r.Reason}")))}.";

    /// <summary>Moves an imported dataset into its place.</summary>
    /// <param name="writer">The writer, which has received all rows.</param>
    /// <param name="leftOut">The rows that were left out. Null for none.</param>
    /// <exception cref="DatasetException">All rows were left out.</exception>
    internal static ImportResult Commit(DatasetWriter writer, LeftOutCounts? leftOut = null)
    {
        IReadOnlyList<LeftOutRows> rows = leftOut?.All ?? [];
        return writer.Events > 0 || rows.Count == 0
            ? new(writer.Commit(), rows)
            : throw new DatasetException(string.Create(
                CultureInfo.InvariantCulture,
                $"no event is left to import, as {rows.Sum(r => r.Rows):N0} rows were left out ({rows[0].Rows:N0} {rows[0].Reason}): is this the right file, and are its times in the unit that docs/data.md names?"));
    }
}
