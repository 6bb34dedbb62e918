using System.Globalization;
using DinOrleans.Contracts;

namespace DinOrleans.Datasets.Import.Plans;

/// <summary>
/// A column of lists. A feature has one value, so a list becomes one value of its first parts, or a feature per part. It counts what that loses.
/// </summary>
internal sealed class ListColumn
{
    private const char Joint = '|';

    /// <summary>What programs write around lists and their parts.</summary>
    private static readonly char[] Brackets = ['[', ']', '{', '}', '\'', '"', ' '];

    private readonly string _column;
    private readonly string _separator;
    private readonly int _parts;
    private readonly bool _isSplit;
    private long _rows;
    private long _joined;
    private long _cut;

    /// <param name="column">The column, which is one of <see cref="ImportPlan.Lists"/>.</param>
    /// <param name="name">The name of its feature.</param>
    /// <param name="plan">The plan.</param>
    public ListColumn(string column, string name, ImportPlan plan)
    {
        _column = column;
        _separator = plan.Lists[column];
        _parts = plan.ListParts;
        _isSplit = plan.SplitLists.Contains(column);
        Features = _isSplit ? [.. Enumerable.Range(1, _parts).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}_{i}"))] : [name];
    }

    /// <summary>The names of its features.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>What became of the lists that were read, in sentences. Null if no row had more than one part.</summary>
    public string? Note => _joined == 0 ? null
        : $"The lists of {_column} became {(_isSplit ? string.Join(", ", Features) : $"one value each, of {Kept} (--split-list makes a feature per part)")}."
        + (_cut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {_cut:N0} of {_rows:N0} lost further parts (--list-parts)."));

    private string Kept => _parts == 1 ? "their first part" : string.Create(CultureInfo.InvariantCulture, $"their first {_parts} parts");

    /// <summary>Reads the list of the current row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The position of the column.</param>
    /// <param name="features">Gets the values by feature name. A missing list adds none.</param>
    /// <exception cref="DatasetException">A value breaks a rule.</exception>
    public void Read(DataTable table, int column, Dictionary<string, string> features)
    {
        string[] parts = [.. table[column].Split(_separator).Select(p => p.Trim(Brackets)).Where(p => p.Length > 0).Distinct()];
        if (parts.Length == 0)
        {
            return;
        }

        int kept = Math.Min(parts.Length, _parts);
        if (_isSplit)
        {
            for (int i = 0; i < kept; i++)
            {
                features[Features[i]] = table.Feature(column, parts[i]);
            }
        }
        else
        {
            while (kept > 1 && Joined(kept).Length > InputLimits.FeatureLength)
            {
                kept--;
            }

            features[Features[0]] = table.Feature(column, Joined(kept));
        }

        _rows++;
        _joined += parts.Length > 1 ? 1 : 0;
        _cut += parts.Length > kept ? 1 : 0;

        string Joined(int length) => string.Join(Joint, parts.Take(length));
    }
}
