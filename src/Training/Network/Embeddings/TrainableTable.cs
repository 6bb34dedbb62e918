using System.IO.Hashing;
using System.Text;
using DinOrleans.Training.Torch;

namespace DinOrleans.Training.Network.Embeddings;

/// <summary>An embedding table in memory. Row 0 is padding, which is zero and never trained.</summary>
public sealed class TrainableTable
{
    /// <param name="key">The name of the table, which decides the initial values together with the seed.</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="dimension">The number of floats per row, at least 1.</param>
    /// <param name="seed">The seed of the initial values, which are normal with mean 0.</param>
    /// <param name="deviation">The standard deviation of the initial values.</param>
    /// <param name="occurrences">[rows] How often each row occurs in the training data, for mini-batch aware regularisation. Null if it is unknown.</param>
    /// <param name="unknownRows">The number of out-of-vocabulary rows, which follow the padding.</param>
    public TrainableTable(
        string key, int rows, int dimension, int seed, float deviation = 0.01f, int[]? occurrences = null, int unknownRows = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (occurrences is not null && occurrences.Length != rows)
        {
            throw new ArgumentException($"Table {key} has {rows} rows but {occurrences.Length} occurrence counts.", nameof(occurrences));
        }

        Key = key;
        Rows = rows;
        Dimension = dimension;
        Occurrences = occurrences;
        UnknownRows = unknownRows;
        Values = new float[checked(rows * dimension)];
        var random = new Random((int)XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(key), seed));
        Distributions.FillNormal(random, deviation, Values.AsSpan(dimension));
    }

    public string Key { get; }

    public int Rows { get; }

    /// <summary>The number of floats per row.</summary>
    public int Dimension { get; }

    /// <summary>[rows × dimension] The values, row-major.</summary>
    public float[] Values { get; }

    /// <summary>[rows] How often each row occurs in the training data, or null if it is unknown.</summary>
    public int[]? Occurrences { get; }

    /// <summary>The number of out-of-vocabulary rows. They follow the padding, and each row after them belongs to one known value.</summary>
    public int UnknownRows { get; }

    /// <summary>The floats of a row.</summary>
    public Span<float> Row(int row) => Values.AsSpan(row * Dimension, Dimension);
}
