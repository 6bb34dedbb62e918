using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Representation;

/// <summary>
/// Represents items, users or contexts: the embedding rows of the categorical features in schema order, then the scaled
/// numbers in schema order.
/// </summary>
public sealed class FeatureGroup : IDisposable
{
    private readonly CategoricalFeature[] _categorical;
    private readonly Vocabulary[] _vocabularies;
    private readonly EmbeddingTable[] _tables;
    private readonly NumericFeature[] _numeric;
    private readonly NumericScaler[] _scalers;

    /// <param name="categorical">Features in schema order.</param>
    /// <param name="vocabularies">One each.</param>
    /// <param name="tables">One each; disposed with the group.</param>
    /// <param name="numeric">Numbers in schema order.</param>
    /// <param name="scalers">One each.</param>
    public FeatureGroup(
        IEnumerable<CategoricalFeature> categorical,
        IEnumerable<Vocabulary> vocabularies,
        IEnumerable<EmbeddingTable> tables,
        IEnumerable<NumericFeature> numeric,
        IEnumerable<NumericScaler> scalers)
    {
        _categorical = [.. categorical];
        _vocabularies = [.. vocabularies];
        _tables = [.. tables];
        _numeric = [.. numeric];
        _scalers = [.. scalers];
        Width = _categorical.Sum(f => f.Dimension) + _numeric.Length;
    }

    /// <summary>Floats of a vector.</summary>
    public int Width { get; }

    /// <summary>A table each categorical feature, in schema order.</summary>
    public IReadOnlyList<EmbeddingTable> Tables => _tables;

    /// <summary>Finds the rows of an entity, once; <see cref="Write"/> then takes no lookups.</summary>
    /// <param name="features">Values by feature name.</param>
    public FeatureRows Encode(IReadOnlyDictionary<string, string> features)
    {
        int[] rows = new int[_categorical.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = _vocabularies[i].Row(features.GetValueOrDefault(_categorical[i].Name));
        }

        float[] numbers = _numeric.Length == 0 ? [] : new float[_numeric.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = _scalers[i].Scale(features.GetValueOrDefault(_numeric[i].Name));
        }

        return new(rows, numbers);
    }

    /// <summary>Writes the vector of an encoded entity.</summary>
    /// <param name="entity">From <see cref="Encode"/> of this group.</param>
    /// <param name="vector">[<see cref="Width"/>].</param>
    public void Write(FeatureRows entity, Span<float> vector)
    {
        for (int i = 0; i < _tables.Length; i++)
        {
            ReadOnlySpan<float> row = _tables[i].Row(entity.Rows[i]);
            row.CopyTo(vector);
            vector = vector[row.Length..];
        }

        entity.Numbers.CopyTo(vector);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (EmbeddingTable table in _tables)
        {
            table.Dispose();
        }
    }
}

/// <summary>An entity as rows of embedding tables and scaled numbers, in schema order.</summary>
/// <param name="Rows">A row a categorical feature.</param>
/// <param name="Numbers">A value a numeric feature.</param>
public readonly record struct FeatureRows(int[] Rows, float[] Numbers);
