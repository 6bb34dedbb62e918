namespace DinOrleans.Training.Log;

/// <summary>The features of all items, users or contexts, in one array per feature.</summary>
public sealed class EntityTable
{
    public EntityTable(int count, IReadOnlyList<StringColumn> categorical, IReadOnlyList<float[]> numeric)
    {
        Count = count;
        Categorical = categorical;
        Numeric = numeric;
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The categorical features in schema order. In the column <c>item_id</c> of items, the code is the item's index.</summary>
    public IReadOnlyList<StringColumn> Categorical { get; }

    /// <summary>The numeric features in the order of <c>schema.Numeric(source)</c>. A missing number is NaN.</summary>
    public IReadOnlyList<float[]> Numeric { get; }
}
