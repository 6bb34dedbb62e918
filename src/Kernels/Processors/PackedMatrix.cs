namespace DinOrleans.Kernels.Processors;

/// <summary>A matrix in the order in which tiles read it: tile by tile, and in each tile row by row without gaps.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal sealed class PackedMatrix<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly AlignedFloats _values = new();

    /// <summary>Makes room for a matrix.</summary>
    /// <param name="columns">The number of columns, at least 1.</param>
    public PackedMatrix(int columns) => Tiles = ColumnTiles.Cut(columns, TLanes.Width, TLanes.VectorsPerTile);

    /// <summary>Packs a matrix.</summary>
    /// <param name="matrix">[rows, columns], without gaps.</param>
    /// <param name="columns">The number of columns, at least 1.</param>
    public PackedMatrix(ReadOnlySpan<float> matrix, int columns)
        : this(columns) => Pack(matrix);

    /// <summary>The number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>How the columns are cut.</summary>
    public ColumnTiles Tiles { get; }

    /// <summary>The packed values, [rows · stride].</summary>
    public Span<float> Values => _values.Room(Rows * Tiles.Stride);

    /// <summary>Makes room for a number of rows, whose values are not defined.</summary>
    /// <param name="rows">The number of rows.</param>
    public void Resize(int rows) => Rows = rows;

    /// <summary>Packs another matrix of as many columns. Columns that only fill a vector are 0.</summary>
    /// <param name="matrix">[rows, columns], without gaps.</param>
    public void Pack(ReadOnlySpan<float> matrix)
    {
        int columns = Tiles.Columns;
        Rows = matrix.Length / columns;
        Span<float> values = Values;
        foreach (ColumnTile tile in Tiles.Tiles)
        {
            int width = tile.Vectors * TLanes.Width;
            int own = Math.Min(width, columns - tile.Column);
            Span<float> target = values.Slice(tile.Column * Rows, width * Rows);
            for (int row = 0; row < Rows; row++)
            {
                Span<float> to = target.Slice(row * width, width);
                matrix.Slice((row * columns) + tile.Column, own).CopyTo(to);
                to[own..].Clear();
            }
        }
    }
}
