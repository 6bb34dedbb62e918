using System.Runtime.Intrinsics;
using DinOrleans.Kernels.Processors;

namespace DinOrleans.Kernels.Tests.Processors;

/// <summary>The operations that processors compute by instructions of their own, with every instruction set of this machine.</summary>
public sealed class LanesTests
{
    public static TheoryData<InstructionSet> Sets => [.. InstructionSets.Available];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Reciprocal_WholeRange_IsWithinThreeTenMillionthsOfItself(InstructionSet set)
    {
        for (float x = 1; x < MathF.Pow(2, 125); x *= 1.0037f)
        {
            Assert.Equal(1, Reciprocal(set, x) * (double)x, 3e-7);
        }

        Assert.InRange(Reciprocal(set, MathF.Pow(2, 126)), 0, MathF.Pow(2, -125));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Sum_FourVectors_IsTheSumOfEachInItsPlace(InstructionSet set)
    {
        float[] values = [.. Enumerable.Range(0, 4 * Vector512<float>.Count).Select(i => (float)(i * i))];
        (Vector128<float> sums, int width) = set switch
        {
            InstructionSet.Avx512 => (Sum<Lanes512, Vector512<float>>(values), 16),
            InstructionSet.Avx2 => (Sum<Lanes256, Vector256<float>>(values), 8),
            _ => (Sum<Lanes128, Vector128<float>>(values), 4),
        };
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(values.Skip(i * width).Take(width).Sum(), sums[i]);
        }
    }

    private static Vector128<float> Sum<TLanes, TVector>(float[] values)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector Vector(int number) => TLanes.Load(ref values[number * TLanes.Width]);
        return TLanes.Sum(Vector(0), Vector(1), Vector(2), Vector(3));
    }

    private static float Reciprocal(InstructionSet set, float x) => set switch
    {
        InstructionSet.Avx512 => Lanes512.Reciprocal(Vector512.Create(x))[0],
        InstructionSet.Avx2 => Lanes256.Reciprocal(Vector256.Create(x))[0],
        _ => Lanes128.Reciprocal(Vector128.Create(x))[0],
    };
}
