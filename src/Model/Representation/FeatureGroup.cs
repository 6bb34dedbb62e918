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

    /// <param name="categorical">The categorical features in schema order.</param>
    /// <param name="vocabularies">One vocabulary per categorical feature.</param>
    /// <param name="tables">One table per categorical feature. They are disposed with the group.</param>
    /// <param name="numeric">The numeric features in schema order.</param>
    /// <param name="scalers">One scaler per numeric feature.</param>
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

    /// <summary>The width of a vector, in floats.</summary>
    public int Width { get; }

    /// <summary>The categorical features, in schema order.</summary>
    public IReadOnlyList<CategoricalFeature> Categorical => _categorical;

    /// <summary>One vocabulary per categorical feature, in schema order.</summary>
    public IReadOnlyList<Vocabulary> Vocabularies => _vocabularies;

    /// <summary>One table per categorical feature, in schema order.</summary>
    public IReadOnlyList<EmbeddingTable> Tables => _tables;

    /// <summary>The numeric features, in schema order.</summary>
    public IReadOnlyList<NumericFeature> Numeric => _numeric;

    /// <summary>One scaler per numeric feature, in schema order.</summary>
    public IReadOnlyList<NumericScaler> Scalers => _scalers;

    /// <summary>Finds the rows of an entity once, so that <see cref="Write(FeatureRows, Span{float})"/> needs no lookups.</summary>
    /// <param name="features">The values by feature name.</param>
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
    public void Write(FeatureRows entity, Span<float> vector) => Write(entity.Rows, entity.Numbers, vector);

    /// <summary>Writes the vector of an entity.</summary>
    /// <param name="rows">One row per categorical feature.</param>
    /// <param name="numbers">One scaled number per numeric feature.</param>
    /// <param name="vector">[<see cref="Width"/>].</param>
    public void Write(ReadOnlySpan<int> rows, ReadOnlySpan<float> numbers, Span<float> vector)
    {
        for (int i = 0; i < _tables.Length; i++)
        {
            _tables[i].Read(rows[i], vector);
            vector = vector[_tables[i].Dimension..];
        }

        numbers.CopyTo(vector);
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
/// <param name="Rows">One row per categorical feature.</param>
/// <param name="Numbers">One value per numeric feature.</param>
public readonly record struct FeatureRows(int[] Rows, float[] Numbers);
