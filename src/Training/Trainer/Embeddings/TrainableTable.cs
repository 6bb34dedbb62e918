using System.IO.Hashing;
using System.Text;
using DinOrleans.Training.Torch;

namespace DinOrleans.Training.Trainer.Embeddings;

/// <summary>An embedding table in memory. Row 0 is padding: zero, and never trained.</summary>
public sealed class TrainableTable
{
    /// <param name="key">Names the table; decides its initial values together with the seed.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="dimension">Floats a row.</param>
    /// <param name="seed">Of the initial values, normal with mean 0.</param>
    /// <param name="deviation">Their standard deviation.</param>
    /// <param name="occurrences">How often each row occurs in the training data, for mini-batch aware regularisation.</param>
    /// <param name="unknownRows">How many rows after padding are those of values that are not known.</param>
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

    /// <summary>Floats a row.</summary>
    public int Dimension { get; }

    /// <summary>[rows × dimension], row-major.</summary>
    public float[] Values { get; }

    /// <summary>[rows], or null where unknown.</summary>
    public int[]? Occurrences { get; }

    /// <summary>The rows 1 to this are those of values that are not known; those after them are of a known value each.</summary>
    public int UnknownRows { get; }

    /// <summary>The floats of a row.</summary>
    public Span<float> Row(int row) => Values.AsSpan(row * Dimension, Dimension);
}
