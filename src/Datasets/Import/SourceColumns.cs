using DinOrleans.Contracts;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Import;

/// <summary>The columns of a file that become features.</summary>
internal sealed class SourceColumns
{
    private readonly IReadOnlyList<(string Column, string Name, bool Numeric)> _columns;

    private SourceColumns(IReadOnlyList<(string Column, string Name, bool Numeric)> columns) => _columns = columns;

    /// <summary>Chooses all columns of a file except the id and the ignored ones. Without a file, there are none.</summary>
    /// <exception cref="DatasetException">The file is missing or has no header.</exception>
    public static SourceColumns OfFile(string? path, string idColumn, CsvImportOptions options)
    {
        if (path is null)
        {
            return new([]);
        }

        using CsvTable table = CsvTable.Open(path, options.Format);
        return Choose(table.Header.Where(c => c != idColumn && !options.IgnoredColumns.Contains(c)), options);
    }

    /// <summary>Chooses columns by name.</summary>
    public static SourceColumns Choose(IEnumerable<string> columns, CsvImportOptions options) =>
        new([.. columns.Select(c => (c, FeatureName(c), options.NumericColumns.Contains(c)))]);

    /// <summary>The feature name of a column: in lower case, with underscores for everything but letters and digits.</summary>
    public static string FeatureName(string column) =>
        string.Concat(column.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    /// <summary>The categorical features.</summary>
    public IEnumerable<CategoricalFeature> Categorical(int dimension) =>
        _columns.Where(c => !c.Numeric).Select(c => new CategoricalFeature(c.Name, dimension));

    /// <summary>The numeric features.</summary>
    public IEnumerable<NumericFeature> Numeric(FeatureSource source) =>
        _columns.Where(c => c.Numeric).Select(c => new NumericFeature(c.Name, source));

    /// <summary>Reads the features of a table's rows, by feature name.</summary>
    /// <exception cref="DatasetException">A column is missing, or a value breaks a rule, such as a number that is not finite.</exception>
    public Func<IReadOnlyDictionary<string, string>> Reader(CsvTable table)
    {
        (int Index, string Name, bool Numeric)[] columns = [.. _columns.Select(c => (table.Column(c.Column), c.Name, c.Numeric))];
        return columns.Length == 0 ? () => EmptyFeatures.Instance : Read;

        IReadOnlyDictionary<string, string> Read()
        {
            var features = new Dictionary<string, string>(columns.Length);
            foreach ((int index, string name, bool numeric) in columns)
            {
                features[name] = numeric ? table.Number(index) : table.Feature(index);
            }

            return features;
        }
    }
}
