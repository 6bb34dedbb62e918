using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DinOrleans.Kernels.Processors;

/// <summary>
/// The tile of AVX-512 for 33 to 40 columns: four rows by two vectors of 512 bits and one of 256, which costs half on processors that split long vectors.
/// The authors' activation unit has 40 units in its second layer.
/// </summary>
internal static class HalfTile
{
    private const int Vector = 16;

    /// <summary>Computes a tile. The parameters are those of <see cref="NarrowTiles{TLanes, TVector}"/>, with three vectors per row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TwoAndHalf(ref float a, nint rowStep, nint inputStep, int inputs, ref float b, ref float bias, ref float c, nint stride)
    {
        Vector512<float> c00 = Vector512.LoadUnsafe(ref bias), c10 = c00, c20 = c00, c30 = c00;
        Vector512<float> c01 = Vector512.LoadUnsafe(ref bias, Vector), c11 = c01, c21 = c01, c31 = c01;
        Vector256<float> c02 = Vector256.LoadUnsafe(ref bias, 2 * Vector), c12 = c02, c22 = c02, c32 = c02;
        nint second = 2 * rowStep;
        nint third = 3 * rowStep;
        for (int k = 0; k < inputs; k++)
        {
            Vector512<float> b0 = Vector512.LoadUnsafe(ref b);
            Vector512<float> b1 = Vector512.LoadUnsafe(ref b, Vector);
            Vector256<float> b2 = Vector256.LoadUnsafe(ref b, 2 * Vector);
            Vector512<float> x = Vector512.Create(a);
            c00 = Vector512.MultiplyAddEstimate(x, b0, c00);
            c01 = Vector512.MultiplyAddEstimate(x, b1, c01);
            c02 = Vector256.MultiplyAddEstimate(x.GetLower(), b2, c02);
            x = Vector512.Create(Unsafe.Add(ref a, rowStep));
            c10 = Vector512.MultiplyAddEstimate(x, b0, c10);
            c11 = Vector512.MultiplyAddEstimate(x, b1, c11);
            c12 = Vector256.MultiplyAddEstimate(x.GetLower(), b2, c12);
            x = Vector512.Create(Unsafe.Add(ref a, second));
            c20 = Vector512.MultiplyAddEstimate(x, b0, c20);
            c21 = Vector512.MultiplyAddEstimate(x, b1, c21);
            c22 = Vector256.MultiplyAddEstimate(x.GetLower(), b2, c22);
            x = Vector512.Create(Unsafe.Add(ref a, third));
            c30 = Vector512.MultiplyAddEstimate(x, b0, c30);
            c31 = Vector512.MultiplyAddEstimate(x, b1, c31);
            c32 = Vector256.MultiplyAddEstimate(x.GetLower(), b2, c32);
            a = ref Unsafe.Add(ref a, inputStep);
            b = ref Unsafe.Add(ref b, 3 * Vector);
        }

        Store(c00, c01, c02, ref c, 0);
        Store(c10, c11, c12, ref c, stride);
        Store(c20, c21, c22, ref c, 2 * stride);
        Store(c30, c31, c32, ref c, 3 * stride);
    }

    /// <summary>Writes a row of three vectors, the last half of which is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> first, Vector512<float> second, Vector256<float> half, ref float c, nint offset)
    {
        first.StoreUnsafe(ref c, (nuint)offset);
        second.StoreUnsafe(ref c, (nuint)(offset + Vector));
        half.ToVector512().StoreUnsafe(ref c, (nuint)(offset + (2 * Vector)));
    }
}
