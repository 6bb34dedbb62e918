using System.Runtime.CompilerServices;

namespace DinOrleans.Kernels.Processors;

/// <summary>
/// Tiles of <see cref="MatrixProduct{TLanes, TVector}"/>: four rows by one to three vectors, whose sums stay in registers over all inputs. They are
/// written out, because only separate variables stay in registers.
/// </summary>
/// <remarks>
/// a is read at row·rowStep + input·inputStep, in floats. b is [inputs, the tile's columns] without gaps, and bias has the tile's columns. c is
/// written in rows of a stride.
/// </remarks>
internal static class NarrowTiles<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Four rows by one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void One(ref float a, nint rowStep, nint inputStep, int inputs, ref float b, ref float bias, ref float c, nint stride)
    {
        TVector c00 = TLanes.Load(ref bias), c10 = c00, c20 = c00, c30 = c00;
        nint second = 2 * rowStep;
        nint third = 3 * rowStep;
        for (int k = 0; k < inputs; k++)
        {
            TVector b0 = TLanes.Load(ref b);
            TVector x = TLanes.Broadcast(a);
            c00 = TLanes.MultiplyAdd(x, b0, c00);
            x = TLanes.Broadcast(Unsafe.Add(ref a, rowStep));
            c10 = TLanes.MultiplyAdd(x, b0, c10);
            x = TLanes.Broadcast(Unsafe.Add(ref a, second));
            c20 = TLanes.MultiplyAdd(x, b0, c20);
            x = TLanes.Broadcast(Unsafe.Add(ref a, third));
            c30 = TLanes.MultiplyAdd(x, b0, c30);
            a = ref Unsafe.Add(ref a, inputStep);
            b = ref Unsafe.Add(ref b, TLanes.Width);
        }

        TLanes.Store(c00, ref c, 0);
        TLanes.Store(c10, ref c, stride);
        TLanes.Store(c20, ref c, 2 * stride);
        TLanes.Store(c30, ref c, 3 * stride);
    }

    /// <summary>Four rows by two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Two(ref float a, nint rowStep, nint inputStep, int inputs, ref float b, ref float bias, ref float c, nint stride)
    {
        TVector c00 = TLanes.Load(ref bias), c10 = c00, c20 = c00, c30 = c00;
        TVector c01 = TLanes.Load(ref bias, TLanes.Width), c11 = c01, c21 = c01, c31 = c01;
        nint second = 2 * rowStep;
        nint third = 3 * rowStep;
        for (int k = 0; k < inputs; k++)
        {
            TVector b0 = TLanes.Load(ref b);
            TVector b1 = TLanes.Load(ref b, TLanes.Width);
            TVector x = TLanes.Broadcast(a);
            c00 = TLanes.MultiplyAdd(x, b0, c00);
            c01 = TLanes.MultiplyAdd(x, b1, c01);
            x = TLanes.Broadcast(Unsafe.Add(ref a, rowStep));
            c10 = TLanes.MultiplyAdd(x, b0, c10);
            c11 = TLanes.MultiplyAdd(x, b1, c11);
            x = TLanes.Broadcast(Unsafe.Add(ref a, second));
            c20 = TLanes.MultiplyAdd(x, b0, c20);
            c21 = TLanes.MultiplyAdd(x, b1, c21);
            x = TLanes.Broadcast(Unsafe.Add(ref a, third));
            c30 = TLanes.MultiplyAdd(x, b0, c30);
            c31 = TLanes.MultiplyAdd(x, b1, c31);
            a = ref Unsafe.Add(ref a, inputStep);
            b = ref Unsafe.Add(ref b, 2 * TLanes.Width);
        }

        TLanes.Store(c00, ref c, 0);
        TLanes.Store(c01, ref c, TLanes.Width);
        TLanes.Store(c10, ref c, stride);
        TLanes.Store(c11, ref c, stride + TLanes.Width);
        TLanes.Store(c20, ref c, 2 * stride);
        TLanes.Store(c21, ref c, (2 * stride) + TLanes.Width);
        TLanes.Store(c30, ref c, 3 * stride);
        TLanes.Store(c31, ref c, (3 * stride) + TLanes.Width);
    }

    /// <summary>Four rows by three vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Three(ref float a, nint rowStep, nint inputStep, int inputs, ref float b, ref float bias, ref float c, nint stride)
    {
        TVector c00 = TLanes.Load(ref bias), c10 = c00, c20 = c00, c30 = c00;
        TVector c01 = TLanes.Load(ref bias, TLanes.Width), c11 = c01, c21 = c01, c31 = c01;
        TVector c02 = TLanes.Load(ref bias, 2 * TLanes.Width), c12 = c02, c22 = c02, c32 = c02;
        nint second = 2 * rowStep;
        nint third = 3 * rowStep;
        for (int k = 0; k < inputs; k++)
        {
            TVector b0 = TLanes.Load(ref b);
            TVector b1 = TLanes.Load(ref b, TLanes.Width);
            TVector b2 = TLanes.Load(ref b, 2 * TLanes.Width);
            TVector x = TLanes.Broadcast(a);
            c00 = TLanes.MultiplyAdd(x, b0, c00);
            c01 = TLanes.MultiplyAdd(x, b1, c01);
            c02 = TLanes.MultiplyAdd(x, b2, c02);
            x = TLanes.Broadcast(Unsafe.Add(ref a, rowStep));
            c10 = TLanes.MultiplyAdd(x, b0, c10);
            c11 = TLanes.MultiplyAdd(x, b1, c11);
            c12 = TLanes.MultiplyAdd(x, b2, c12);
            x = TLanes.Broadcast(Unsafe.Add(ref a, second));
            c20 = TLanes.MultiplyAdd(x, b0, c20);
            c21 = TLanes.MultiplyAdd(x, b1, c21);
            c22 = TLanes.MultiplyAdd(x, b2, c22);
            x = TLanes.Broadcast(Unsafe.Add(ref a, third));
            c30 = TLanes.MultiplyAdd(x, b0, c30);
            c31 = TLanes.MultiplyAdd(x, b1, c31);
            c32 = TLanes.MultiplyAdd(x, b2, c32);
            a = ref Unsafe.Add(ref a, inputStep);
            b = ref Unsafe.Add(ref b, 3 * TLanes.Width);
        }

        TLanes.Store(c00, ref c, 0);
        TLanes.Store(c01, ref c, TLanes.Width);
        TLanes.Store(c02, ref c, 2 * TLanes.Width);
        TLanes.Store(c10, ref c, stride);
        TLanes.Store(c11, ref c, stride + TLanes.Width);
        TLanes.Store(c12, ref c, stride + (2 * TLanes.Width));
        TLanes.Store(c20, ref c, 2 * stride);
        TLanes.Store(c21, ref c, (2 * stride) + TLanes.Width);
        TLanes.Store(c22, ref c, (2 * stride) + (2 * TLanes.Width));
        TLanes.Store(c30, ref c, 3 * stride);
        TLanes.Store(c31, ref c, (3 * stride) + TLanes.Width);
        TLanes.Store(c32, ref c, (3 * stride) + (2 * TLanes.Width));
    }
}
