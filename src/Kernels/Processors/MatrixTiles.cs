using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DinOrleans.Kernels.Processors;

/// <summary>Tiles of <see cref="MatrixProduct"/>, <see cref="MatrixProduct.RowsPerTile"/> rows each. They are written out, because only separate variables stay in registers.</summary>
internal static class MatrixTiles
{
    /// <summary>Four rows by 5 vectors, held in registers over all of k.</summary>
    public static void FiveVectors(ref float a, int aStride, int inputs, ref float b, int stride, ref float bias, ref float c)
    {
        Vector512<float> c00 = Vector512.LoadUnsafe(ref bias); Vector512<float> c01 = Vector512.LoadUnsafe(ref bias, 16); Vector512<float> c02 = Vector512.LoadUnsafe(ref bias, 32); Vector512<float> c03 = Vector512.LoadUnsafe(ref bias, 48); Vector512<float> c04 = Vector512.LoadUnsafe(ref bias, 64);
        Vector512<float> c10 = Vector512.LoadUnsafe(ref bias); Vector512<float> c11 = Vector512.LoadUnsafe(ref bias, 16); Vector512<float> c12 = Vector512.LoadUnsafe(ref bias, 32); Vector512<float> c13 = Vector512.LoadUnsafe(ref bias, 48); Vector512<float> c14 = Vector512.LoadUnsafe(ref bias, 64);
        Vector512<float> c20 = Vector512.LoadUnsafe(ref bias); Vector512<float> c21 = Vector512.LoadUnsafe(ref bias, 16); Vector512<float> c22 = Vector512.LoadUnsafe(ref bias, 32); Vector512<float> c23 = Vector512.LoadUnsafe(ref bias, 48); Vector512<float> c24 = Vector512.LoadUnsafe(ref bias, 64);
        Vector512<float> c30 = Vector512.LoadUnsafe(ref bias); Vector512<float> c31 = Vector512.LoadUnsafe(ref bias, 16); Vector512<float> c32 = Vector512.LoadUnsafe(ref bias, 32); Vector512<float> c33 = Vector512.LoadUnsafe(ref bias, 48); Vector512<float> c34 = Vector512.LoadUnsafe(ref bias, 64);
        for (int k = 0; k < inputs; k++)
        {
            Vector512<float> b0 = Vector512.LoadUnsafe(ref b);
            Vector512<float> b1 = Vector512.LoadUnsafe(ref b, 16);
            Vector512<float> b2 = Vector512.LoadUnsafe(ref b, 32);
            Vector512<float> b3 = Vector512.LoadUnsafe(ref b, 48);
            Vector512<float> b4 = Vector512.LoadUnsafe(ref b, 64);
            Vector512<float> x = Vector512.Create(a);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            c02 = Vector512.FusedMultiplyAdd(x, b2, c02);
            c03 = Vector512.FusedMultiplyAdd(x, b3, c03);
            c04 = Vector512.FusedMultiplyAdd(x, b4, c04);
            x = Vector512.Create(Unsafe.Add(ref a, aStride));
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            c12 = Vector512.FusedMultiplyAdd(x, b2, c12);
            c13 = Vector512.FusedMultiplyAdd(x, b3, c13);
            c14 = Vector512.FusedMultiplyAdd(x, b4, c14);
            x = Vector512.Create(Unsafe.Add(ref a, 2 * aStride));
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            c22 = Vector512.FusedMultiplyAdd(x, b2, c22);
            c23 = Vector512.FusedMultiplyAdd(x, b3, c23);
            c24 = Vector512.FusedMultiplyAdd(x, b4, c24);
            x = Vector512.Create(Unsafe.Add(ref a, 3 * aStride));
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            c32 = Vector512.FusedMultiplyAdd(x, b2, c32);
            c33 = Vector512.FusedMultiplyAdd(x, b3, c33);
            c34 = Vector512.FusedMultiplyAdd(x, b4, c34);
            a = ref Unsafe.Add(ref a, 1);
            b = ref Unsafe.Add(ref b, stride);
        }

        c00.StoreUnsafe(ref c);
        c01.StoreUnsafe(ref c, 16);
        c02.StoreUnsafe(ref c, 32);
        c03.StoreUnsafe(ref c, 48);
        c04.StoreUnsafe(ref c, 64);
        c10.StoreUnsafe(ref c, (nuint)(stride));
        c11.StoreUnsafe(ref c, (nuint)(stride + 16));
        c12.StoreUnsafe(ref c, (nuint)(stride + 32));
        c13.StoreUnsafe(ref c, (nuint)(stride + 48));
        c14.StoreUnsafe(ref c, (nuint)(stride + 64));
        c20.StoreUnsafe(ref c, (nuint)(2 * stride));
        c21.StoreUnsafe(ref c, (nuint)((2 * stride) + 16));
        c22.StoreUnsafe(ref c, (nuint)((2 * stride) + 32));
        c23.StoreUnsafe(ref c, (nuint)((2 * stride) + 48));
        c24.StoreUnsafe(ref c, (nuint)((2 * stride) + 64));
        c30.StoreUnsafe(ref c, (nuint)(3 * stride));
        c31.StoreUnsafe(ref c, (nuint)((3 * stride) + 16));
        c32.StoreUnsafe(ref c, (nuint)((3 * stride) + 32));
        c33.StoreUnsafe(ref c, (nuint)((3 * stride) + 48));
        c34.StoreUnsafe(ref c, (nuint)((3 * stride) + 64));
    }

    /// <summary>Four rows by 3 vectors, held in registers over all of k.</summary>
    public static void ThreeVectors(ref float a, int aStride, int inputs, ref float b, int stride, ref float bias, ref float c)
    {
        Vector512<float> c00 = Vector512.LoadUnsafe(ref bias); Vector512<float> c01 = Vector512.LoadUnsafe(ref bias, 16); Vector512<float> c02 = Vector512.LoadUnsafe(ref bias, 32);
        Vector512<float> c10 = Vector512.LoadUnsafe(ref bias); Vector512<float> c11 = Vector512.LoadUnsafe(ref bias, 16); Vector512<float> c12 = Vector512.LoadUnsafe(ref bias, 32);
        Vector512<float> c20 = Vector512.LoadUnsafe(ref bias); Vector512<float> c21 = Vector512.LoadUnsafe(ref bias, 16); Vector512<float> c22 = Vector512.LoadUnsafe(ref bias, 32);
        Vector512<float> c30 = Vector512.LoadUnsafe(ref bias); Vector512<float> c31 = Vector512.LoadUnsafe(ref bias, 16); Vector512<float> c32 = Vector512.LoadUnsafe(ref bias, 32);
        for (int k = 0; k < inputs; k++)
        {
            Vector512<float> b0 = Vector512.LoadUnsafe(ref b);
            Vector512<float> b1 = Vector512.LoadUnsafe(ref b, 16);
            Vector512<float> b2 = Vector512.LoadUnsafe(ref b, 32);
            Vector512<float> x = Vector512.Create(a);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            c02 = Vector512.FusedMultiplyAdd(x, b2, c02);
            x = Vector512.Create(Unsafe.Add(ref a, aStride));
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            c12 = Vector512.FusedMultiplyAdd(x, b2, c12);
            x = Vector512.Create(Unsafe.Add(ref a, 2 * aStride));
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            c22 = Vector512.FusedMultiplyAdd(x, b2, c22);
            x = Vector512.Create(Unsafe.Add(ref a, 3 * aStride));
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            c32 = Vector512.FusedMultiplyAdd(x, b2, c32);
            a = ref Unsafe.Add(ref a, 1);
            b = ref Unsafe.Add(ref b, stride);
        }

        c00.StoreUnsafe(ref c);
        c01.StoreUnsafe(ref c, 16);
        c02.StoreUnsafe(ref c, 32);
        c10.StoreUnsafe(ref c, (nuint)(stride));
        c11.StoreUnsafe(ref c, (nuint)(stride + 16));
        c12.StoreUnsafe(ref c, (nuint)(stride + 32));
        c20.StoreUnsafe(ref c, (nuint)(2 * stride));
        c21.StoreUnsafe(ref c, (nuint)((2 * stride) + 16));
        c22.StoreUnsafe(ref c, (nuint)((2 * stride) + 32));
        c30.StoreUnsafe(ref c, (nuint)(3 * stride));
        c31.StoreUnsafe(ref c, (nuint)((3 * stride) + 16));
        c32.StoreUnsafe(ref c, (nuint)((3 * stride) + 32));
    }

    /// <summary>Four rows by 2½ vectors, as 40 columns have. The last half costs half.</summary>
    public static void TwoVectorsAndHalf(ref float a, int aStride, int inputs, ref float b, int stride, ref float bias, ref float c)
    {
        Vector512<float> c00 = Vector512.LoadUnsafe(ref bias); Vector512<float> c01 = Vector512.LoadUnsafe(ref bias, 16); Vector256<float> c02 = Vector256.LoadUnsafe(ref bias, 32);
        Vector512<float> c10 = Vector512.LoadUnsafe(ref bias); Vector512<float> c11 = Vector512.LoadUnsafe(ref bias, 16); Vector256<float> c12 = Vector256.LoadUnsafe(ref bias, 32);
        Vector512<float> c20 = Vector512.LoadUnsafe(ref bias); Vector512<float> c21 = Vector512.LoadUnsafe(ref bias, 16); Vector256<float> c22 = Vector256.LoadUnsafe(ref bias, 32);
        Vector512<float> c30 = Vector512.LoadUnsafe(ref bias); Vector512<float> c31 = Vector512.LoadUnsafe(ref bias, 16); Vector256<float> c32 = Vector256.LoadUnsafe(ref bias, 32);
        for (int k = 0; k < inputs; k++)
        {
            Vector512<float> b0 = Vector512.LoadUnsafe(ref b);
            Vector512<float> b1 = Vector512.LoadUnsafe(ref b, 16);
            Vector256<float> b2 = Vector256.LoadUnsafe(ref b, 32);
            Vector512<float> x = Vector512.Create(a);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            c02 = Vector256.FusedMultiplyAdd(x.GetLower(), b2, c02);
            x = Vector512.Create(Unsafe.Add(ref a, aStride));
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            c12 = Vector256.FusedMultiplyAdd(x.GetLower(), b2, c12);
            x = Vector512.Create(Unsafe.Add(ref a, 2 * aStride));
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            c22 = Vector256.FusedMultiplyAdd(x.GetLower(), b2, c22);
            x = Vector512.Create(Unsafe.Add(ref a, 3 * aStride));
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            c32 = Vector256.FusedMultiplyAdd(x.GetLower(), b2, c32);
            a = ref Unsafe.Add(ref a, 1);
            b = ref Unsafe.Add(ref b, stride);
        }

        c00.StoreUnsafe(ref c);
        c01.StoreUnsafe(ref c, 16);
        c02.StoreUnsafe(ref c, 32);
        c10.StoreUnsafe(ref c, (nuint)(stride));
        c11.StoreUnsafe(ref c, (nuint)(stride + 16));
        c12.StoreUnsafe(ref c, (nuint)(stride + 32));
        c20.StoreUnsafe(ref c, (nuint)(2 * stride));
        c21.StoreUnsafe(ref c, (nuint)((2 * stride) + 16));
        c22.StoreUnsafe(ref c, (nuint)((2 * stride) + 32));
        c30.StoreUnsafe(ref c, (nuint)(3 * stride));
        c31.StoreUnsafe(ref c, (nuint)((3 * stride) + 16));
        c32.StoreUnsafe(ref c, (nuint)((3 * stride) + 32));
    }
}
