namespace DinOrleans.Training.Network.Embeddings;

/// <summary>All items, users or contexts as rows of embedding tables and scaled numbers, in schema order.</summary>
public sealed class EntityRows
{
    /// <param name="count">The number of items, users or contexts.</param>
    /// <param name="rows">[features][count] The row of each entity per categorical feature. Row 0 stands for padding and missing values.</param>
    /// <param name="numbers">[count × number of numeric features] The scaled numbers.</param>
    /// <param name="numberCount">The number of numeric features.</param>
    /// <exception cref="ArgumentException">An array has another length.</exception>
    public EntityRows(int count, int[][] rows, float[] numbers, int numberCount)
    {
        if (rows.Any(r => r.Length != count) || numbers.Length != count * numberCount)
        {
            throw new ArgumentException($"{count} entities need {count} rows per feature and {numberCount} numbers each.");
        }

        Count = count;
        Rows = rows;
        Numbers = numbers;
        NumberCount = numberCount;
    }

    /// <summary>No entity and no feature.</summary>
    public static EntityRows None { get; } = new(0, [], [], 0);

    public int Count { get; }

    /// <summary>[features][count] The row of each entity per categorical feature.</summary>
    public int[][] Rows { get; }

    /// <summary>[count × <see cref="NumberCount"/>] The scaled numbers.</summary>
    public float[] Numbers { get; }

    public int NumberCount { get; }
}
