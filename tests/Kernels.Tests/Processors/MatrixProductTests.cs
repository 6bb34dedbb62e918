using DinOrleans.Kernels.Processors;

namespace DinOrleans.Kernels.Tests.Processors;

public sealed class MatrixProductTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(48)]
    [InlineData(64)]
    [InlineData(200)]
    [InlineData(4096)]
    public void Stride_Columns_HoldsThemInWholeTiles(int columns)
    {
        int vectors = MatrixProduct.Stride(columns) / 16;

        Assert.InRange(MatrixProduct.Stride(columns), columns, columns + 47);
        Assert.Contains(Enumerable.Range(0, (vectors / 5) + 1), wide => (vectors - (5 * wide)) % 3 == 0);
    }
}
