using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DinOrleans.Kernels.Processors;

/// <summary>The left factor of a product, whose element (row, input) lies at row·rowStep + input·inputStep.</summary>
/// <param name="values">The elements.</param>
/// <param name="rowStep">The distance between rows, in floats.</param>
/// <param name="inputStep">The distance between inputs, in floats. 1 for a matrix that lies row by row.</param>
internal readonly ref struct LeftFactor(ReadOnlySpan<float> values, int rowStep, int inputStep = 1)
{
    public ReadOnlySpan<float> Values { get; } = values;

    public int RowStep { get; } = rowStep;

    public int InputStep { get; } = inputStep;
}

/// <summary>c = a·b + bias for matrices of a few hundred columns, in tiles that stay in registers.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal static class MatrixProduct<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const int Avx512Width = 16;
    private const int HalfColumns = 40;

    /// <summary>Computes c = a·b + bias.</summary>
    /// <param name="a">The left factor.</param>
    /// <param name="rows">The number of rows, a multiple of <see cref="Rows.PerTile"/>.</param>
    /// <param name="b">The right factor.</param>
    /// <param name="bias">[stride of b].</param>
    /// <param name="c">[rows, stride of b], overwritten.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void Run(LeftFactor a, int rows, PackedMatrix<TLanes, TVector> b, ReadOnlySpan<float> bias, Span<float> c)
    {
        ColumnTiles columns = b.Tiles;
        int stride = columns.Stride;
        int last = ((rows - 1) * a.RowStep) + ((b.Rows - 1) * a.InputStep);
        if (rows % Rows.PerTile != 0 || (rows > 0 && b.Rows > 0 && a.Values.Length <= last) || bias.Length < stride || c.Length < rows * stride)
        {
            throw new ArgumentException("The matrices do not fit together.");
        }

        ref float left = ref MemoryMarshal.GetReference(a.Values);
        ref float right = ref MemoryMarshal.GetReference(b.Values);
        ref float from = ref MemoryMarshal.GetReference(bias);
        ref float to = ref MemoryMarshal.GetReference(c);
        for (int i = 0; i < columns.Tiles.Count; i++)
        {
            ColumnTile tile = columns.Tiles[i];
            ref float panel = ref Unsafe.Add(ref right, tile.Column * b.Rows);
            ref float start = ref Unsafe.Add(ref from, tile.Column);
            bool half = TLanes.Width == Avx512Width && tile.Vectors == 3 && columns.Columns - tile.Column <= HalfColumns;
            for (int row = 0; row < rows; row += Rows.PerTile)
            {
                ref float x = ref Unsafe.Add(ref left, row * a.RowStep);
                ref float y = ref Unsafe.Add(ref to, (row * stride) + tile.Column);
                Tile(half ? 0 : tile.Vectors, ref x, a, b.Rows, ref panel, ref start, ref y, stride);
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

    /// <summary>Computes one tile; 0 vectors stand for two and a half of AVX-512.</summary>
    private static void Tile(int vectors, ref float x, LeftFactor a, int inputs, ref float b, ref float bias, ref float c, int stride)
    {
        switch (vectors)
        {
            case 0:
                HalfTile.TwoAndHalf(ref x, a.RowStep, a.InputStep, inputs, ref b, ref bias, ref c, stride);
                break;
            case 1:
                NarrowTiles<TLanes, TVector>.One(ref x, a.RowStep, a.InputStep, inputs, ref b, ref bias, ref c, stride);
                break;
            case 2:
                NarrowTiles<TLanes, TVector>.Two(ref x, a.RowStep, a.InputStep, inputs, ref b, ref bias, ref c, stride);
                break;
            case 3:
                NarrowTiles<TLanes, TVector>.Three(ref x, a.RowStep, a.InputStep, inputs, ref b, ref bias, ref c, stride);
                break;
            case 4:
                WideTiles<TLanes, TVector>.Four(ref x, a.RowStep, a.InputStep, inputs, ref b, ref bias, ref c, stride);
                break;
            default:
                WideTiles<TLanes, TVector>.Five(ref x, a.RowStep, a.InputStep, inputs, ref b, ref bias, ref c, stride);
                break;
        }
    }
}
