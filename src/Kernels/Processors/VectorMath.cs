using System.Runtime.CompilerServices;

namespace DinOrleans.Kernels.Processors;

/// <summary>Functions of every lane of a vector.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal static class VectorMath<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>log₂e.</summary>
    public const float Log2E = 1.442695041f;

    /// <summary>Keeps powers finite and normal; σ is 0 or 1 in float32 long before.</summary>
    private const float LargestPower = 126;

    /// <summary>1.5·2²³, to which adding a small number rounds it to the nearest integer.</summary>
    private const float Rounding = 12_582_912;

    /// <summary>2ᵗ, within 3e-7 of itself, for t from −126 to 126. Beyond that range it is the power at its end.</summary>
    /// <remarks>2ᵗ = 2ⁿ · 2ᶠ with n the nearest integer and |f| ≤ ½; 2ᶠ by a polynomial of degree 5 fitted to it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector PowerOfTwo(TVector t)
    {
        t = TLanes.Max(TLanes.Min(t, TLanes.Broadcast(LargestPower)), TLanes.Broadcast(-LargestPower));
        TVector shifted = TLanes.Add(t, TLanes.Broadcast(Rounding));
        TVector f = TLanes.Subtract(t, TLanes.Subtract(shifted, TLanes.Broadcast(Rounding)));
        TVector p = TLanes.MultiplyAdd(TLanes.Broadcast(1.338130254e-3f), f, TLanes.Broadcast(9.666368515e-3f));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(5.550381014e-2f));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(2.402234904e-1f));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(6.931471806e-1f));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(1));
        return TLanes.Scale(p, shifted);
    }

    /// <summary>1 / (1 + 2ᵗ), within 3e-7. It is σ(x) for t = −x·log₂e.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid(TVector t) => TLanes.Reciprocal(TLanes.Add(PowerOfTwo(t), TLanes.Broadcast(1)));
}
