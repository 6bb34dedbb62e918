using DinOrleans.Contracts.Validation;
using DinOrleans.Model.Schema;

namespace DinOrleans.Training.Log;

/// <summary>
/// Collects the features of one source by row. Features that the schema does not name are left out. A number that breaks the rule of numbers
/// counts as missing. A store may hold one from an earlier version or another schema, and stored data must never prevent training.
/// </summary>
internal sealed class EntityTableBuilder
{
    private readonly (string Name, Growing<int> Codes, Codebook Values)[] _categorical;
    private readonly (string Name, Growing<float> Values)[] _numeric;
    private readonly FeatureSource _source;
    private readonly Dictionary<string, UnreadableNumbers> _unreadable = new(StringComparer.Ordinal);
    private int _count;

    public EntityTableBuilder(FeatureSchema schema, FeatureSource source)
    {
        _source = source;
        IReadOnlyList<CategoricalFeature> categorical = source switch
        {
            FeatureSource.Item => schema.ItemFeatures,
            FeatureSource.User => schema.UserFeatures,
            _ => schema.ContextFeatures,
        };
        _categorical = [.. categorical.Select(f => (f.Name, new Growing<int>(), new Codebook()))];
        _numeric = [.. schema.Numeric(source).Select(f => (f.Name, new Growing<float>()))];
    }

    /// <summary>The features that have values which count as missing because they break the rule of numbers.</summary>
    public IReadOnlyCollection<UnreadableNumbers> Unreadable => _unreadable.Values;

    /// <summary>Adds a row.</summary>
    public void Add(IReadOnlyDictionary<string, string> features)
    {
        foreach ((string name, Growing<int> codes, Codebook values) in _categorical)
        {
            codes.Add(Categorical(features, name, values));
        }

        foreach ((string name, Growing<float> values) in _numeric)
        {
            values.Add(Numeric(features, name));
        }

        _count++;
    }

    /// <summary>Replaces a row.</summary>
    public void Set(int row, IReadOnlyDictionary<string, string> features)
    {
        foreach ((string name, Growing<int> codes, Codebook values) in _categorical)
        {
            codes[row] = Categorical(features, name, values);
        }

        foreach ((string name, Growing<float> values) in _numeric)
        {
            values[row] = Numeric(features, name);
        }
    }

    /// <summary>Makes the table.</summary>
    /// <param name="order">The row to put in each place. Null keeps the order.</param>
    /// <param name="ids">The ids of the rows, for a source whose schema has an id feature.</param>
    public EntityTable Build(int[]? order = null, IReadOnlyList<string>? ids = null) => new(
        _count,
        [.. _categorical.Select(c => c.Name == FeatureSchema.ItemId && ids is not null
            ? new StringColumn([.. Enumerable.Range(0, _count)], ids)
            : new StringColumn(order is null ? c.Codes.ToArray() : c.Codes.ToArray(order), c.Values.Values))],
        [.. _numeric.Select(n => order is null ? n.Values.ToArray() : n.Values.ToArray(order))]);

    private static int Categorical(IReadOnlyDictionary<string, string> features, string name, Codebook values) =>
        features.TryGetValue(name, out string? value) && value.Length > 0 ? values.Code(value) : -1;

    private float Numeric(IReadOnlyDictionary<string, string> features, string name)
    {
        if (!features.TryGetValue(name, out string? text) || text.Length == 0)
        {
            return float.NaN;
        }

        if (InputRules.TryReadNumber(text, out float value))
        {
            return value;
        }

        _unreadable[name] = _unreadable.TryGetValue(name, out UnreadableNumbers? seen)
            ? seen with { Count = seen.Count + 1 }
            : new(_source, name, Count: 1, Example: text);
        return float.NaN;
    }
}
