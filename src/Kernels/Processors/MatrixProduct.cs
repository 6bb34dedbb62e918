using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace DinOrleans.Kernels.Processors;

/// <summary>c = a·b + bias for matrices of a few hundred columns, in tiles that stay in registers.</summary>
internal static class MatrixProduct
{
    /// <summary>The rows of a tile. Row counts are rounded up to a multiple of it, and the results of the additional rows are ignored.</summary>
    public const int RowsPerTile = 4;

    private const int Vector = 16;
    private const int Half = Vector / 2;
    private const int Wide = 5;
    private const int Narrow = 3;

    /// <summary>The width of a row that holds a number of columns, in floats: whole tiles of 5 and 3 vectors.</summary>
    public static int Stride(int columns)
    {
        int vectors = (columns + Vector - 1) / Vector;
        int best = int.MaxValue;
        for (int wide = 0; wide <= (vectors / Wide) + 1; wide++)
        {
            int left = Math.Max(0, vectors - (wide * Wide));
            best = Math.Min(best, (wide * Wide) + ((left + Narrow - 1) / Narrow * Narrow));
        }

        return best * Vector;
    }

    /// <summary>A number of rows, rounded up to whole tiles.</summary>
    public static int PaddedRows(int rows) => (rows + RowsPerTile - 1) / RowsPerTile * RowsPerTile;

    /// <summary>Computes c = a·b + bias.</summary>
    /// <param name="a">[rows, aStride], of which the first inputs columns count.</param>
    /// <param name="aStride">The width of a row of a, in floats.</param>
    /// <param name="rows">The number of rows, a multiple of <see cref="RowsPerTile"/>.</param>
    /// <param name="inputs">The number of columns of a and of rows of b.</param>
    /// <param name="b">[inputs, stride].</param>
    /// <param name="bias">[stride].</param>
    /// <param name="stride">The width of a row of b and c, in floats, from <see cref="Stride"/>.</param>
    /// <param name="columns">The number of columns of b that count. The columns of c after them are not defined.</param>
    /// <param name="c">[rows, stride], overwritten.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void Run(
        ReadOnlySpan<float> a, int aStride, int rows, int inputs, ReadOnlySpan<float> b, ReadOnlySpan<float> bias, int stride, int columns, Span<float> c)
    {
        if (columns > stride || rows % RowsPerTile != 0 || inputs > aStride || a.Length < rows * aStride || b.Length < inputs * stride || bias.Length < stride || c.Length < rows * stride)
        {
            throw new ArgumentException("The matrices do not fit together.");
        }

        // All tiles are narrow if wide ones would leave a rest that narrow ones do not fill.
        int wideColumns = stride / Vector;
        int wides = wideColumns / Wide;
        while ((wideColumns - (wides * Wide)) % Narrow != 0)
        {
            wides--;
        }

        for (int row = 0; row < rows; row += RowsPerTile)
        {
            ref float x = ref Unsafe.AsRef(in a[row * aStride]);
            int column = 0;
            for (int i = 0; i < wides; i++, column += Wide * Vector)
            {
                MatrixTiles.FiveVectors(ref x, aStride, inputs, ref Unsafe.AsRef(in b[column]), stride, ref Unsafe.AsRef(in bias[column]), ref c[(row * stride) + column]);
            }

            for (; column < stride; column += Narrow * Vector)
            {
                ref float weight = ref Unsafe.AsRef(in b[column]);
                ref float from = ref Unsafe.AsRef(in bias[column]);
                ref float to = ref c[(row * stride) + column];
                if (columns - column <= (2 * Vector) + Half)
                {
                    MatrixTiles.TwoVectorsAndHalf(ref x, aStride, inputs, ref weight, stride, ref from, ref to);
                }
                else
                {
                    MatrixTiles.ThreeVectors(ref x, aStride, inputs, ref weight, stride, ref from, ref to);
                }
            }
        }
    }

    /// <summary>sum += x·b for one row.</summary>
    /// <param name="x">[inputs].</param>
    /// <param name="b">[inputs, columns], without gaps.</param>
    /// <param name="sum">[columns].</param>
    public static void AddRow(ReadOnlySpan<float> x, ReadOnlySpan<float> b, Span<float> sum)
    {
        for (int i = 0; i < x.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(b.Slice(i * sum.Length, sum.Length), x[i], sum, sum);
        }
    }
}
