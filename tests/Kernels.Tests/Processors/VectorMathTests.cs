using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DinOrleans.Kernels.Processors;

namespace DinOrleans.Kernels.Tests.Processors;

public sealed class VectorMathTests
{
    [Fact]
    public void Sigmoid_WholeRange_IsWithinThreeTenMillionths()
    {
        Assert.SkipUnless(Avx512F.IsSupported, "This machine has no vectors of 512 bits.");
        for (float x = -100; x <= 100; x += 0.0037f)
        {
            Assert.Equal(1 / (1 + Math.Exp(-x)), VectorMath.Sigmoid(Vector512.Create(x))[0], 3e-7);
        }
    }

    [Theory]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(float.PositiveInfinity, 1)]
    [InlineData(-3e38f, 0)]
    [InlineData(3e38f, 1)]
    public void Sigmoid_BeyondTheRange_IsItsLimit(float x, float limit)
    {
        Assert.SkipUnless(Avx512F.IsSupported, "This machine has no vectors of 512 bits.");

        Assert.Equal(limit, VectorMath.Sigmoid(Vector512.Create(x))[0], 1e-7f);
    }
}
