using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DinOrleans.Kernels.Processors;

/// <summary>Makes each column of a matrix sum to one.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal static class ColumnSoftmax<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Replaces each value x by eˣ / Σ eˣ over its column.</summary>
    /// <param name="x">[rows, stride].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="stride">The width of a row in floats, a multiple of the vectors' width.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(Span<float> x, int rows, int stride)
    {
        nint end = (nint)rows * stride;
        ref float values = ref MemoryMarshal.GetReference(x[..(int)end]);
        TVector log2E = TLanes.Broadcast(VectorMath<TLanes, TVector>.Log2E);
        for (nint column = 0; column < stride && rows > 0; column += TLanes.Width)
        {
            TVector largest = TLanes.Load(ref values, column);
            for (nint at = column + stride; at < end; at += stride)
            {
                largest = TLanes.Max(largest, TLanes.Load(ref values, at));
            }

            TVector sum = TLanes.Broadcast(0);
            for (nint at = column; at < end; at += stride)
            {
                TVector below = TLanes.Subtract(TLanes.Load(ref values, at), largest);
                TVector power = VectorMath<TLanes, TVector>.PowerOfTwo(TLanes.Multiply(below, log2E));
                TLanes.Store(power, ref values, at);
                sum = TLanes.Add(sum, power);
            }

            TVector share = TLanes.Reciprocal(sum);
            for (nint at = column; at < end; at += stride)
            {
                TLanes.Store(TLanes.Multiply(TLanes.Load(ref values, at), share), ref values, at);
            }
        }
    }
}
