namespace DinOrleans.Kernels.Processors;

/// <summary>The columns of a matrix, cut into tiles of whole vectors that are as equal as possible.</summary>
/// <param name="Columns">The number of columns that count.</param>
/// <param name="Stride">The width of a row that holds them in whole vectors, in floats.</param>
/// <param name="Tiles">The tiles, from left to right.</param>
internal sealed record ColumnTiles(int Columns, int Stride, IReadOnlyList<ColumnTile> Tiles)
{
    /// <summary>Cuts columns into tiles.</summary>
    /// <param name="columns">The number of columns, at least 1.</param>
    /// <param name="width">The number of floats in a vector.</param>
    /// <param name="mostVectors">The most vectors per row of a tile.</param>
    public static ColumnTiles Cut(int columns, int width, int mostVectors)
    {
        int vectors = (columns + width - 1) / width;
        int count = (vectors + mostVectors - 1) / mostVectors;
        var tiles = new ColumnTile[count];
        int done = 0;
        for (int i = 0; i < count; i++)
        {
            int own = (vectors - done + count - i - 1) / (count - i);
            tiles[i] = new(done * width, own);
            done += own;
        }

        return new(columns, vectors * width, tiles);
    }
}

/// <summary>A part of a matrix's columns.</summary>
/// <param name="Column">The first column.</param>
/// <param name="Vectors">The number of vectors per row.</param>
internal readonly record struct ColumnTile(int Column, int Vectors);
