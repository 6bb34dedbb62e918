using System.Runtime.Intrinsics;

namespace DinOrleans.Kernels.Processors;

/// <summary>
/// The operations of one instruction set on vectors of floats. Code that is generic over it is compiled once per set, and each call becomes the
/// set's own instruction.
/// </summary>
/// <typeparam name="TVector">A vector of floats, one per lane.</typeparam>
internal interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>The number of floats in a vector.</summary>
    static abstract int Width { get; }

    /// <summary>The most vectors per row of a matrix tile, so that a tile's sums stay in the set's registers.</summary>
    static abstract int VectorsPerTile { get; }

    /// <summary>Reads a vector.</summary>
    static abstract TVector Load(ref float from);

    /// <summary>Reads a vector at an offset in floats.</summary>
    static abstract TVector Load(ref float from, nint offset);

    /// <summary>Writes a vector at an offset in floats.</summary>
    static abstract void Store(TVector value, ref float to, nint offset);

    /// <summary>A vector with one value in every lane.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a − b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a·b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a·b + c, rounded once where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>The smaller of each pair of lanes. Where one is NaN, it is b on x64 and NaN on ARM64.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>The larger of each pair of lanes. Where one is NaN, it is b on x64 and NaN on ARM64.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>1 / x within 3e-7 of itself, for x from 1 to 2¹²⁵. From there to 2¹²⁶ it may be 0 instead.</summary>
    static abstract TVector Reciprocal(TVector x);

    /// <summary>x·2ⁿ.</summary>
    /// <param name="x">The factor, 0.5 to 2.</param>
    /// <param name="shifted">1.5·2²³ + n, whose lowest bits are the integer n, −126 to 126.</param>
    static abstract TVector Scale(TVector x, TVector shifted);

    /// <summary>The sums of the lanes of four vectors.</summary>
    static abstract Vector128<float> Sum(TVector a, TVector b, TVector c, TVector d);
}
