namespace DinOrleans.Training.Trainer.Batches;

/// <summary>All items, users or contexts as rows of embedding tables and scaled numbers, in schema order.</summary>
public sealed class EntityRows
{
    /// <param name="count">How many entities.</param>
    /// <param name="rows">For each categorical feature the row of each entity; 0 is padding and a missing value.</param>
    /// <param name="numbers">[count × numbers an entity], scaled.</param>
    /// <param name="numberCount">Numeric features.</param>
    /// <exception cref="ArgumentException">An array has another length.</exception>
    public EntityRows(int count, int[][] rows, float[] numbers, int numberCount)
    {
        if (rows.Any(r => r.Length != count) || numbers.Length != count * numberCount)
        {
            throw new ArgumentException($"{count} entities need as many rows a feature and {numberCount} numbers each.");
        }

        Count = count;
        Rows = rows;
        Numbers = numbers;
        NumberCount = numberCount;
    }

    /// <summary>No entity and no feature.</summary>
    public static EntityRows None { get; } = new(0, [], [], 0);

    public int Count { get; }

    /// <summary>[features][count].</summary>
    public int[][] Rows { get; }

    /// <summary>[count × <see cref="NumberCount"/>].</summary>
    public float[] Numbers { get; }

    public int NumberCount { get; }
}
