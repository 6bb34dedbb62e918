using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DinOrleans.Kernels.Processors;

/// <summary>Loops over the output of a layer with one activation function.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
/// <typeparam name="TActivation">The activation function.</typeparam>
internal static class ActivationLoops<TLanes, TVector, TActivation>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TActivation : struct, IActivation<TVector>
{
    /// <summary>Applies the function in place.</summary>
    /// <param name="x">[rows, stride].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="channels">What the function learned.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Span<float> x, int rows, ChannelValues channels)
    {
        nint stride = channels.Stride;
        nint end = rows * stride;
        ref float values = ref MemoryMarshal.GetReference(x[..(int)end]);
        ref float scales = ref MemoryMarshal.GetReference(channels.Scale);
        ref float shifts = ref MemoryMarshal.GetReference(channels.Shift);
        ref float slopes = ref MemoryMarshal.GetReference(channels.Slope);
        for (nint column = 0; column < stride; column += TLanes.Width)
        {
            TVector scale = TLanes.Load(ref scales, column);
            TVector shift = TLanes.Load(ref shifts, column);
            TVector slope = TLanes.Load(ref slopes, column);
            for (nint at = column; at < end; at += stride)
            {
                TLanes.Store(TActivation.Apply(TLanes.Load(ref values, at), scale, shift, slope), ref values, at);
            }
        }
    }

    /// <summary>Applies the function and multiplies with one column of weights.</summary>
    /// <param name="x">[rows, stride].</param>
    /// <param name="rows">The number of rows, a multiple of <see cref="Rows.PerTile"/>.</param>
    /// <param name="channels">What the function learned.</param>
    /// <param name="weight">[stride]; 0 for columns that only fill a vector.</param>
    /// <param name="bias">What is added to each result.</param>
    /// <param name="y">[rows], overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot(ReadOnlySpan<float> x, int rows, ChannelValues channels, ReadOnlySpan<float> weight, float bias, Span<float> y)
    {
        nint stride = channels.Stride;
        ref float values = ref MemoryMarshal.GetReference(x[..(rows * (int)stride)]);
        ref float weights = ref MemoryMarshal.GetReference(weight[..(int)stride]);
        ref float results = ref MemoryMarshal.GetReference(y[..rows]);
        ref float scales = ref MemoryMarshal.GetReference(channels.Scale);
        ref float shifts = ref MemoryMarshal.GetReference(channels.Shift);
        ref float slopes = ref MemoryMarshal.GetReference(channels.Slope);
        for (int row = 0; row < rows; row += Rows.PerTile)
        {
            nint at = row * stride;
            TVector sum0 = TLanes.Broadcast(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (nint column = 0; column < stride; column += TLanes.Width, at += TLanes.Width)
            {
                TVector scale = TLanes.Load(ref scales, column);
                TVector shift = TLanes.Load(ref shifts, column);
                TVector slope = TLanes.Load(ref slopes, column);
                TVector w = TLanes.Load(ref weights, column);
                sum0 = TLanes.MultiplyAdd(TActivation.Apply(TLanes.Load(ref values, at), scale, shift, slope), w, sum0);
                sum1 = TLanes.MultiplyAdd(TActivation.Apply(TLanes.Load(ref values, at + stride), scale, shift, slope), w, sum1);
                sum2 = TLanes.MultiplyAdd(TActivation.Apply(TLanes.Load(ref values, at + (2 * stride)), scale, shift, slope), w, sum2);
                sum3 = TLanes.MultiplyAdd(TActivation.Apply(TLanes.Load(ref values, at + (3 * stride)), scale, shift, slope), w, sum3);
            }

            (TLanes.Sum(sum0, sum1, sum2, sum3) + Vector128.Create(bias)).StoreUnsafe(ref results, (nuint)row);
        }
    }
}
