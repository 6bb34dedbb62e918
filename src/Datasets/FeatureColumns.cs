using DinOrleans.Contracts;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets;

/// <summary>Reads the features of a file's rows. An empty field is a missing value.</summary>
internal sealed class FeatureColumns
{
    private readonly DataTable _table;
    private readonly (string Name, int Column, bool Numeric)[] _columns;

    /// <exception cref="DatasetException">The file lacks a feature of the schema.</exception>
    public FeatureColumns(DataTable table, FeatureSchema schema, FeatureSource source)
    {
        _table = table;
        var numeric = schema.Numeric(source).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        _columns = [.. Names(schema, source).Select(name => (name, table.Column(name), numeric.Contains(name)))];
    }

    /// <summary>The column names of the features of items, users or contexts in schema order, without the id of an item.</summary>
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

    /// <summary>Reads the features of the current row by name.</summary>
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
