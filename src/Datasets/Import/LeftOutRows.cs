namespace DinOrleans.Datasets.Import;

/// <summary>Rows of a source that an importer left out for one reason.</summary>
/// <param name="Reason">The reason in words that follow "rows", such as "without a CustomerID".</param>
/// <param name="Rows">The number of rows.</param>
public sealed record LeftOutRows(string Reason, long Rows);

/// <summary>Counts the rows that an importer leaves out, by reason.</summary>
internal sealed class LeftOutCounts
{
    private readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);

    /// <summary>Counts one row.</summary>
    /// <param name="reason">The reason in words that follow "rows".</param>
    public void Add(string reason) => _rows[reason] = _rows.GetValueOrDefault(reason) + 1;

    /// <summary>The reasons with the number of their rows, the most frequent one first.</summary>
    public IReadOnlyList<LeftOutRows> All =>
        [.. _rows.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal).Select(r => new LeftOutRows(r.Key, r.Value))];
}
