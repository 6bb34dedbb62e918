using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DinOrleans.Kernels.Processors;

/// <summary>Functions of sixteen floats at once.</summary>
internal static class VectorMath
{
    /// <summary>Keeps 2ᵗ finite, so that its reciprocal can be refined; σ is 0 in float32 long before.</summary>
    private const float LargestPower = 126;

    /// <summary>σ(x) = 1 / (1 + 2ᵗ) with t = −x·log₂e, within 3e-7.</summary>
    /// <remarks>
    /// 2ᵗ = 2ⁿ · 2ᶠ with n the nearest integer and |f| ≤ ½; 2ᶠ by a polynomial of degree 5 fitted to it (relative error 2e-7). The
    /// reciprocal is the processor's estimate of 14 bits and one step of Newton's method.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        Vector512<float> t = Vector512.MinNative(x * Vector512.Create(-1.442695041f), Vector512.Create(LargestPower));
        Vector512<float> n = Avx512F.RoundScale(t, 0);
        Vector512<float> f = t - n;
        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.Create(1.338130254e-3f), f, Vector512.Create(9.666368515e-3f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(5.550381014e-2f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(2.402234904e-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(6.931471806e-1f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512<float>.One);
        Vector512<float> denominator = Vector512<float>.One + Avx512F.Scale(p, n);
        Vector512<float> estimate = Avx512F.Reciprocal14(denominator);
        Vector512<float> error = Vector512.FusedMultiplyAdd(-denominator, estimate, Vector512<float>.One);
        return Vector512.FusedMultiplyAdd(estimate, error, estimate);
    }
}
