namespace DinOrleans.Training.Samples;

/// <summary>Features of items, users or contexts, one array a feature.</summary>
public sealed class EntityTable
{
    public EntityTable(int count, IReadOnlyList<StringColumn> categorical, IReadOnlyList<float[]> numeric)
    {
        Count = count;
        Categorical = categorical;
        Numeric = numeric;
    }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Id-like features in schema order. Of items, the column of <c>item_id</c> has code = item index.</summary>
    public IReadOnlyList<StringColumn> Categorical { get; }

    /// <summary>Numeric features in the order of <c>schema.Numeric(source)</c>; NaN where missing.</summary>
    public IReadOnlyList<float[]> Numeric { get; }
}
