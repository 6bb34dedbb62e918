namespace DinOrleans.Kernels.Processors;

/// <summary>How rows are cut into tiles and blocks.</summary>
internal static class Rows
{
    /// <summary>The rows of a tile. Row counts are rounded up to a multiple of it, and the results of the additional rows are ignored.</summary>
    public const int PerTile = 4;

    /// <summary>How many floats of a layer's output stay in a first-level cache of 32 KiB beside the weights that stream through it.</summary>
    private const int BlockFloats = 3_072;

    /// <summary>A number of rows, rounded up to whole tiles.</summary>
    /// <param name="rows">The number of rows.</param>
    public static int Padded(int rows) => Padded(rows, PerTile);

    /// <summary>A number, rounded up to a multiple.</summary>
    /// <param name="count">The number.</param>
    /// <param name="multiple">What it is rounded to.</param>
    public static int Padded(int count, int multiple) => (count + multiple - 1) / multiple * multiple;

    /// <summary>The rows that pass through all layers of a network before the next ones, so that what lies between layers stays in the cache.</summary>
    /// <param name="floatsPerRow">What a row takes between layers, in floats.</param>
    public static int PerBlock(int floatsPerRow) => Math.Max(PerTile, BlockFloats / floatsPerRow / PerTile * PerTile);
}
