using System.Runtime.Intrinsics;
using DinOrleans.Kernels.Processors;

namespace DinOrleans.Kernels.Tests.Processors;

public sealed class VectorMathTests
{
    public static TheoryData<InstructionSet> Sets => [.. InstructionSets.Available];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Sigmoid_WholeRange_IsWithinThreeTenMillionths(InstructionSet set)
    {
        for (float t = -100; t <= 100; t += 0.0037f)
        {
            Assert.Equal(1 / (1 + Math.Pow(2, t)), Sigmoid(set, t), 3e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Sigmoid_BeyondTheRange_IsItsLimit(InstructionSet set)
    {
        Assert.Equal(1, Sigmoid(set, float.NegativeInfinity), 1e-7f);
        Assert.Equal(1, Sigmoid(set, -3e38f), 1e-7f);
        Assert.Equal(0, Sigmoid(set, 3e38f), 1e-7f);
        Assert.Equal(0, Sigmoid(set, float.PositiveInfinity), 1e-7f);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void PowerOfTwo_WholeRange_IsWithinThreeTenMillionths(InstructionSet set)
    {
        for (float t = -126; t <= 126; t += 0.0171f)
        {
            Assert.Equal(1, PowerOfTwo(set, t) / Math.Pow(2, t), 3e-7);
        }
    }

    private static float Sigmoid(InstructionSet set, float t) => set switch
    {
        InstructionSet.Avx512 => VectorMath<Lanes512, Vector512<float>>.Sigmoid(Vector512.Create(t))[0],
        InstructionSet.Avx2 => VectorMath<Lanes256, Vector256<float>>.Sigmoid(Vector256.Create(t))[0],
        _ => VectorMath<Lanes128, Vector128<float>>.Sigmoid(Vector128.Create(t))[0],
    };

    private static float PowerOfTwo(InstructionSet set, float t) => set switch
    {
        InstructionSet.Avx512 => VectorMath<Lanes512, Vector512<float>>.PowerOfTwo(Vector512.Create(t))[0],
        InstructionSet.Avx2 => VectorMath<Lanes256, Vector256<float>>.PowerOfTwo(Vector256.Create(t))[0],
        _ => VectorMath<Lanes128, Vector128<float>>.PowerOfTwo(Vector128.Create(t))[0],
    };
}
