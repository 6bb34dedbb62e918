using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DinOrleans.Kernels.Processors;

namespace DinOrleans.Benchmarks.Kernel;

/// <summary>Measures how many multiply-adds one core does when all of its operands are in registers.</summary>
internal static class MultiplyAddPeak
{
    private const int Sums = 12;
    private const int Rounds = 20_000;
    private const int Tries = 200;

    /// <summary>Measures an instruction set on one core.</summary>
    /// <param name="set">The instruction set.</param>
    /// <returns>The best rate, in GFLOP/s; a multiply-add counts as two.</returns>
    public static double Measure(InstructionSet set) => set switch
    {
        InstructionSet.Avx512 => Best<Lanes512, Vector512<float>>(),
        InstructionSet.Avx2 => Best<Lanes256, Vector256<float>>(),
        _ => Best<Lanes128, Vector128<float>>(),
    };

    private static double Best<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        double best = double.MaxValue;
        for (int i = 0; i < Tries; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Loop<TLanes, TVector>(Rounds);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return 2.0 * Sums * Rounds * TLanes.Width / best / 1e9;
    }

    /// <summary>Twelve sums hide the latency of a multiply-add, and the loop calls nothing, so that they stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static TVector Loop<TLanes, TVector>(int rounds)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector a = TLanes.Broadcast(0.999_999f), b = TLanes.Broadcast(1e-6f);
        TVector c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a, c10 = a, c11 = a;
        for (int i = 0; i < rounds; i++)
        {
            c0 = TLanes.MultiplyAdd(c0, a, b);
            c1 = TLanes.MultiplyAdd(c1, a, b);
            c2 = TLanes.MultiplyAdd(c2, a, b);
            c3 = TLanes.MultiplyAdd(c3, a, b);
            c4 = TLanes.MultiplyAdd(c4, a, b);
            c5 = TLanes.MultiplyAdd(c5, a, b);
            c6 = TLanes.MultiplyAdd(c6, a, b);
            c7 = TLanes.MultiplyAdd(c7, a, b);
            c8 = TLanes.MultiplyAdd(c8, a, b);
            c9 = TLanes.MultiplyAdd(c9, a, b);
            c10 = TLanes.MultiplyAdd(c10, a, b);
            c11 = TLanes.MultiplyAdd(c11, a, b);
        }

        c0 = TLanes.Add(TLanes.Add(TLanes.Add(c0, c1), TLanes.Add(c2, c3)), TLanes.Add(TLanes.Add(c4, c5), TLanes.Add(c6, c7)));
        return TLanes.Add(c0, TLanes.Add(TLanes.Add(c8, c9), TLanes.Add(c10, c11)));
    }
}
