using System.Runtime.Intrinsics;
using DinOrleans.Kernels.Processors;

namespace DinOrleans.Kernels.Tests.Processors;

public sealed class MatrixProductTests
{
    private const int Rows = 8;
    private const int Inputs = 5;

    public static TheoryData<InstructionSet, int> Cases()
    {
        var cases = new TheoryData<InstructionSet, int>();
        foreach (InstructionSet set in InstructionSets.Available)
        {
            foreach (int columns in (int[])[1, 7, 8, 16, 24, 33, 40, 41, 64, 72, 80, 88, 200])
            {
                cases.Add(set, columns);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_ColumnsOfEveryTile_EqualsTheSums(InstructionSet set, int columns)
    {
        switch (set)
        {
            case InstructionSet.Avx512:
                AssertProducts<Lanes512, Vector512<float>>(columns);
                break;
            case InstructionSet.Avx2:
                AssertProducts<Lanes256, Vector256<float>>(columns);
                break;
            default:
                AssertProducts<Lanes128, Vector128<float>>(columns);
                break;
        }
    }

    [Fact]
    public void Run_ShortSpan_IsRefused()
    {
        var b = new PackedMatrix<Lanes128, Vector128<float>>(new float[Inputs * 8], 8);
        Assert.Throws<ArgumentException>(() => MatrixProduct<Lanes128, Vector128<float>>.Run(new(new float[(Rows * Inputs) - 1], Inputs), Rows, b, new float[8], new float[Rows * 8]));
        Assert.Throws<ArgumentException>(() => MatrixProduct<Lanes128, Vector128<float>>.Run(new(new float[Rows * Inputs], Inputs), Rows, b, new float[8], new float[(Rows * 8) - 1]));
        Assert.Throws<ArgumentException>(() => MatrixProduct<Lanes128, Vector128<float>>.Run(new(new float[Rows * Inputs], Inputs), 3, b, new float[8], new float[Rows * 8]));
    }

    /// <summary>Multiplies a matrix that lies row by row, and its transpose that lies column by column.</summary>
    private static void AssertProducts<TLanes, TVector>(int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        float[] a = Numbers(1, Rows * Inputs);
        float[] transposed = [.. Enumerable.Range(0, Inputs * Rows).Select(i => a[(i % Rows * Inputs) + (i / Rows)])];
        float[] weights = Numbers(2, Inputs * columns);
        var b = new PackedMatrix<TLanes, TVector>(weights, columns);
        int stride = b.Tiles.Stride;
        float[] bias = [.. Numbers(3, columns), .. new float[stride - columns]];
        float[] c = [.. Enumerable.Repeat(float.NaN, Rows * stride)];
        float[] d = [.. c];
        MatrixProduct<TLanes, TVector>.Run(new(a, Inputs), Rows, b, bias, c);
        MatrixProduct<TLanes, TVector>.Run(new(transposed, 1, Rows), Rows, b, bias, d);
        Assert.Equal(c, d);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < stride; column++)
            {
                double sum = column < columns ? bias[column] + Enumerable.Range(0, Inputs).Sum(k => (double)a[(row * Inputs) + k] * weights[(k * columns) + column]) : 0;
                Assert.Equal(sum, c[(row * stride) + column], 1e-5);
            }
        }
    }

    private static float[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
