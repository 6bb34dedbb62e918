using DinOrleans.Contracts;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets;

/// <summary>The feature columns of a file: reads one row's features, an empty field being a missing value.</summary>
internal sealed class FeatureColumns
{
    private readonly CsvTable _table;
    private readonly (string Name, int Column, bool Numeric)[] _columns;

    /// <exception cref="DatasetException">The file lacks a feature of the schema.</exception>
    public FeatureColumns(CsvTable table, FeatureSchema schema, FeatureSource source)
    {
        _table = table;
        var numeric = schema.Numeric(source).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        _columns = [.. Names(schema, source).Select(name => (name, table.Column(name), numeric.Contains(name)))];
    }

    /// <summary>Column names of a source's features in schema order; the id of an item is not among them.</summary>
    public static IReadOnlyList<string> Names(FeatureSchema schema, FeatureSource source)
    {
        IReadOnlyList<CategoricalFeature> categorical = source switch
        {
            FeatureSource.Item => schema.ItemFeatures,
            FeatureSource.User => schema.UserFeatures,
            _ => schema.ContextFeatures,
        };
        return [.. categorical.Select(f => f.Name).Where(n => n != FeatureSchema.ItemId), .. schema.Numeric(source).Select(f => f.Name)];
    }

    /// <summary>Features of the current row by name.</summary>
    /// <exception cref="DatasetException">A value breaks a rule, such as a number that is not finite.</exception>
    public IReadOnlyDictionary<string, string> Read()
    {
        Dictionary<string, string>? features = null;
        foreach ((string name, int column, bool numeric) in _columns)
        {
            string value = numeric ? _table.Number(column) : _table.Feature(column);
            if (value.Length == 0)
            {
                continue;
            }

            (features ??= new(_columns.Length)).Add(name, value);
        }

        return features ?? EmptyFeatures.Instance;
    }
}
