using DinOrleans.Kernels.Processors;

namespace DinOrleans.Kernels.Tests.Processors;

public sealed class ColumnTilesTests
{
    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(80, new[] { 5 })]
    [InlineData(96, new[] { 3, 3 })]
    [InlineData(200, new[] { 5, 4, 4 })]
    public void Cut_Columns_MakesEqualTilesWithoutGaps(int columns, int[] vectors)
    {
        ColumnTiles tiles = ColumnTiles.Cut(columns, width: 16, mostVectors: 5);

        Assert.Equal(vectors, tiles.Tiles.Select(t => t.Vectors));
        Assert.Equal(tiles.Tiles.Select((_, i) => 16 * vectors.Take(i).Sum()), tiles.Tiles.Select(t => t.Column));
        Assert.Equal(16 * vectors.Sum(), tiles.Stride);
        Assert.InRange(tiles.Stride, columns, columns + 15);
    }
}
