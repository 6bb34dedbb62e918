using System.Runtime.CompilerServices;

namespace DinOrleans.Kernels.Processors;

/// <summary>
/// Tiles of <see cref="MatrixProduct{TLanes, TVector}"/>: four rows by four or five vectors, whose sums stay in registers over all inputs. They are
/// written out, because only separate variables stay in registers.
/// </summary>
/// <remarks>
/// a is read at row·rowStep + input·inputStep, in floats. b is [inputs, the tile's columns] without gaps, and bias has the tile's columns. c is
/// written in rows of a stride.
/// </remarks>
internal static class WideTiles<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Four rows by four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four(ref float a, nint rowStep, nint inputStep, int inputs, ref float b, ref float bias, ref float c, nint stride)
    {
        TVector c00 = TLanes.Load(ref bias), c10 = c00, c20 = c00, c30 = c00;
        TVector c01 = TLanes.Load(ref bias, TLanes.Width), c11 = c01, c21 = c01, c31 = c01;
        TVector c02 = TLanes.Load(ref bias, 2 * TLanes.Width), c12 = c02, c22 = c02, c32 = c02;
        TVector c03 = TLanes.Load(ref bias, 3 * TLanes.Width), c13 = c03, c23 = c03, c33 = c03;
        nint second = 2 * rowStep;
        nint third = 3 * rowStep;
        for (int k = 0; k < inputs; k++)
        {
            TVector b0 = TLanes.Load(ref b);
            TVector b1 = TLanes.Load(ref b, TLanes.Width);
            TVector b2 = TLanes.Load(ref b, 2 * TLanes.Width);
            TVector b3 = TLanes.Load(ref b, 3 * TLanes.Width);
            TVector x = TLanes.Broadcast(a);
            c00 = TLanes.MultiplyAdd(x, b0, c00);
            c01 = TLanes.MultiplyAdd(x, b1, c01);
            c02 = TLanes.MultiplyAdd(x, b2, c02);
            c03 = TLanes.MultiplyAdd(x, b3, c03);
            x = TLanes.Broadcast(Unsafe.Add(ref a, rowStep));
            c10 = TLanes.MultiplyAdd(x, b0, c10);
            c11 = TLanes.MultiplyAdd(x, b1, c11);
            c12 = TLanes.MultiplyAdd(x, b2, c12);
            c13 = TLanes.MultiplyAdd(x, b3, c13);
            x = TLanes.Broadcast(Unsafe.Add(ref a, second));
            c20 = TLanes.MultiplyAdd(x, b0, c20);
            c21 = TLanes.MultiplyAdd(x, b1, c21);
            c22 = TLanes.MultiplyAdd(x, b2, c22);
            c23 = TLanes.MultiplyAdd(x, b3, c23);
            x = TLanes.Broadcast(Unsafe.Add(ref a, third));
            c30 = TLanes.MultiplyAdd(x, b0, c30);
            c31 = TLanes.MultiplyAdd(x, b1, c31);
            c32 = TLanes.MultiplyAdd(x, b2, c32);
            c33 = TLanes.MultiplyAdd(x, b3, c33);
            a = ref Unsafe.Add(ref a, inputStep);
            b = ref Unsafe.Add(ref b, 4 * TLanes.Width);
        }

        TLanes.Store(c00, ref c, 0);
        TLanes.Store(c01, ref c, TLanes.Width);
        TLanes.Store(c02, ref c, 2 * TLanes.Width);
        TLanes.Store(c03, ref c, 3 * TLanes.Width);
        TLanes.Store(c10, ref c, stride);
        TLanes.Store(c11, ref c, stride + TLanes.Width);
        TLanes.Store(c12, ref c, stride + (2 * TLanes.Width));
        TLanes.Store(c13, ref c, stride + (3 * TLanes.Width));
        TLanes.Store(c20, ref c, 2 * stride);
        TLanes.Store(c21, ref c, (2 * stride) + TLanes.Width);
        TLanes.Store(c22, ref c, (2 * stride) + (2 * TLanes.Width));
        TLanes.Store(c23, ref c, (2 * stride) + (3 * TLanes.Width));
        TLanes.Store(c30, ref c, 3 * stride);
        TLanes.Store(c31, ref c, (3 * stride) + TLanes.Width);
        TLanes.Store(c32, ref c, (3 * stride) + (2 * TLanes.Width));
        TLanes.Store(c33, ref c, (3 * stride) + (3 * TLanes.Width));
    }

    /// <summary>Four rows by five vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Five(ref float a, nint rowStep, nint inputStep, int inputs, ref float b, ref float bias, ref float c, nint stride)
    {
        TVector c00 = TLanes.Load(ref bias), c10 = c00, c20 = c00, c30 = c00;
        TVector c01 = TLanes.Load(ref bias, TLanes.Width), c11 = c01, c21 = c01, c31 = c01;
        TVector c02 = TLanes.Load(ref bias, 2 * TLanes.Width), c12 = c02, c22 = c02, c32 = c02;
        TVector c03 = TLanes.Load(ref bias, 3 * TLanes.Width), c13 = c03, c23 = c03, c33 = c03;
        TVector c04 = TLanes.Load(ref bias, 4 * TLanes.Width), c14 = c04, c24 = c04, c34 = c04;
        nint second = 2 * rowStep;
        nint third = 3 * rowStep;
        for (int k = 0; k < inputs; k++)
        {
            TVector b0 = TLanes.Load(ref b);
            TVector b1 = TLanes.Load(ref b, TLanes.Width);
            TVector b2 = TLanes.Load(ref b, 2 * TLanes.Width);
            TVector b3 = TLanes.Load(ref b, 3 * TLanes.Width);
            TVector b4 = TLanes.Load(ref b, 4 * TLanes.Width);
            TVector x = TLanes.Broadcast(a);
            c00 = TLanes.MultiplyAdd(x, b0, c00);
            c01 = TLanes.MultiplyAdd(x, b1, c01);
            c02 = TLanes.MultiplyAdd(x, b2, c02);
            c03 = TLanes.MultiplyAdd(x, b3, c03);
            c04 = TLanes.MultiplyAdd(x, b4, c04);
            x = TLanes.Broadcast(Unsafe.Add(ref a, rowStep));
            c10 = TLanes.MultiplyAdd(x, b0, c10);
            c11 = TLanes.MultiplyAdd(x, b1, c11);
            c12 = TLanes.MultiplyAdd(x, b2, c12);
            c13 = TLanes.MultiplyAdd(x, b3, c13);
            c14 = TLanes.MultiplyAdd(x, b4, c14);
            x = TLanes.Broadcast(Unsafe.Add(ref a, second));
            c20 = TLanes.MultiplyAdd(x, b0, c20);
            c21 = TLanes.MultiplyAdd(x, b1, c21);
            c22 = TLanes.MultiplyAdd(x, b2, c22);
            c23 = TLanes.MultiplyAdd(x, b3, c23);
            c24 = TLanes.MultiplyAdd(x, b4, c24);
            x = TLanes.Broadcast(Unsafe.Add(ref a, third));
            c30 = TLanes.MultiplyAdd(x, b0, c30);
            c31 = TLanes.MultiplyAdd(x, b1, c31);
            c32 = TLanes.MultiplyAdd(x, b2, c32);
            c33 = TLanes.MultiplyAdd(x, b3, c33);
            c34 = TLanes.MultiplyAdd(x, b4, c34);
            a = ref Unsafe.Add(ref a, inputStep);
            b = ref Unsafe.Add(ref b, 5 * TLanes.Width);
        }

        TLanes.Store(c00, ref c, 0);
        TLanes.Store(c01, ref c, TLanes.Width);
        TLanes.Store(c02, ref c, 2 * TLanes.Width);
        TLanes.Store(c03, ref c, 3 * TLanes.Width);
        TLanes.Store(c04, ref c, 4 * TLanes.Width);
        TLanes.Store(c10, ref c, stride);
        TLanes.Store(c11, ref c, stride + TLanes.Width);
        TLanes.Store(c12, ref c, stride + (2 * TLanes.Width));
        TLanes.Store(c13, ref c, stride + (3 * TLanes.Width));
        TLanes.Store(c14, ref c, stride + (4 * TLanes.Width));
        TLanes.Store(c20, ref c, 2 * stride);
        TLanes.Store(c21, ref c, (2 * stride) + TLanes.Width);
        TLanes.Store(c22, ref c, (2 * stride) + (2 * TLanes.Width));
        TLanes.Store(c23, ref c, (2 * stride) + (3 * TLanes.Width));
        TLanes.Store(c24, ref c, (2 * stride) + (4 * TLanes.Width));
        TLanes.Store(c30, ref c, 3 * stride);
        TLanes.Store(c31, ref c, (3 * stride) + TLanes.Width);
        TLanes.Store(c32, ref c, (3 * stride) + (2 * TLanes.Width));
        TLanes.Store(c33, ref c, (3 * stride) + (3 * TLanes.Width));
        TLanes.Store(c34, ref c, (3 * stride) + (4 * TLanes.Width));
    }
}
