using System.Numerics.Tensors;

namespace DinOrleans.Training.Network.Embeddings;

/// <summary>The gradients of the table rows that a batch touches, summed per row.</summary>
internal sealed class RowGradients(TrainableTable table)
{
    /// <summary>[rows] The position of each row in <see cref="_rows"/> plus 1, or 0 if it is untouched. Finding a row thus takes no hashing.</summary>
    private readonly int[] _positions = new int[table.Rows];
    private readonly List<int> _rows = [];
    private float[] _sums = [];

    public TrainableTable Table { get; } = table;

    /// <summary>The touched rows, in the order in which they were first touched.</summary>
    public IReadOnlyList<int> Rows => _rows;

    private Span<float> Sums => _sums.AsSpan(0, _rows.Count * Table.Dimension);

    /// <summary>Adds to the gradient of a row. Padding has no gradient.</summary>
    public void Add(int row, ReadOnlySpan<float> gradient)
    {
        if (row == 0)
        {
            return;
        }

        int position = _positions[row];
        if (position == 0)
        {
            _rows.Add(row);
            _positions[row] = _rows.Count;
            if (_sums.Length < _rows.Count * Table.Dimension)
            {
                Array.Resize(ref _sums, Math.Max(2 * _sums.Length, 64 * Table.Dimension));
            }

            gradient.CopyTo(Gradient(_rows.Count - 1));
            return;
        }

        Span<float> sum = Gradient(position - 1);
        TensorPrimitives.Add(sum, gradient, sum);
    }

    /// <summary>The gradient of the touched row at a position of <see cref="Rows"/>.</summary>
    public Span<float> Gradient(int position) => _sums.AsSpan(position * Table.Dimension, Table.Dimension);

    public float SumOfSquares() => TensorPrimitives.SumOfSquares<float>(Sums);

    /// <summary>The largest absolute value, or NaN if there is one, or 0 if no row was touched.</summary>
    public float Largest() => _rows.Count == 0 ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude<float>(Sums));

    /// <summary>Removes all gradients, in time proportional to the touched rows.</summary>
    public void Clear()
    {
        foreach (int row in _rows)
        {
            _positions[row] = 0;
        }

        _rows.Clear();
    }
}
