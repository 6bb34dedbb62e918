using System.Globalization;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;

namespace DinOrleans.Training.Samples;

/// <summary>Gathers features of entities into columns.</summary>
internal sealed class ColumnBuilder
{
    private readonly string[] _categorical;
    private readonly string[] _numeric;
    private readonly Interner[] _values;
    private readonly List<int>[] _codes;
    private readonly List<float>[] _numbers;

    public ColumnBuilder(FeatureSchema schema, FeatureSource source)
    {
        _categorical = [.. schema.Categorical(source).Select(f => f.Name)];
        _numeric = [.. schema.Numeric(source).Select(f => f.Name)];
        _values = [.. _categorical.Select(_ => new Interner())];
        _codes = [.. _categorical.Select(_ => new List<int>())];
        _numbers = [.. _numeric.Select(_ => new List<float>())];
    }

    public int Count { get; private set; }

    /// <summary>Adds an entity.</summary>
    public void Add(IReadOnlyDictionary<string, string> features)
    {
        Count++;
        for (int f = 0; f < _codes.Length; f++)
        {
            _codes[f].Add(-1);
        }

        for (int f = 0; f < _numbers.Length; f++)
        {
            _numbers[f].Add(float.NaN);
        }

        if (features.Count > 0)
        {
            Set(Count - 1, features);
        }
    }

    /// <summary>Sets the features of an entity.</summary>
    public void Set(int entity, IReadOnlyDictionary<string, string> features)
    {
        for (int f = 0; f < _codes.Length; f++)
        {
            if (features.TryGetValue(_categorical[f], out string? value) && value.Length > 0)
            {
                _codes[f][entity] = _values[f].Code(value);
            }
        }

        for (int f = 0; f < _numbers.Length; f++)
        {
            if (features.TryGetValue(_numeric[f], out string? text) && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number))
            {
                _numbers[f][entity] = number;
            }
        }
    }

    /// <summary>The columns; with an order, row i is entity order[i].</summary>
    public EntityTable Build(int[]? order = null) => new(
        Count,
        [.. _codes.Select((codes, f) => new StringColumn(Ordered(codes, order), _values[f].Values))],
        [.. _numbers.Select(numbers => Ordered(numbers, order))]);

    private static T[] Ordered<T>(List<T> values, int[]? order) => order is null ? [.. values] : Array.ConvertAll(order, i => values[i]);
}

/// <summary>Gives each distinct string a number, in order of appearance.</summary>
internal sealed class Interner
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _values = [];

    public IReadOnlyList<string> Values => _values;

    /// <returns>Whether the string is new.</returns>
    public bool TryAdd(string value, out int code)
    {
        ref int slot = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_codes, value, out bool exists);
        if (!exists)
        {
            slot = _values.Count;
            _values.Add(value);
        }

        code = slot;
        return !exists;
    }

    public int Code(string value)
    {
        TryAdd(value, out int code);
        return code;
    }
}
