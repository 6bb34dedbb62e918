using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DinOrleans.Kernels.Processors;

/// <summary>
/// The weight of a layer that sees v and x⊙v for one x and many v: v·W + (x⊙v)·P = v·(W + diag(x)·P). It is made once per x, so that the product x⊙v is
/// never made.
/// </summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal static class PairWeights<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>W + diag(x)·P, packed like both.</summary>
    /// <param name="x">[rows].</param>
    /// <param name="weight">W, [rows, units].</param>
    /// <param name="product">P, [rows, units].</param>
    /// <param name="sum">[rows, units], overwritten. It may be W.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<float> x, PackedMatrix<TLanes, TVector> weight, PackedMatrix<TLanes, TVector> product, PackedMatrix<TLanes, TVector> sum)
    {
        sum.Resize(x.Length);
        ref float from = ref MemoryMarshal.GetReference(weight.Values);
        ref float factors = ref MemoryMarshal.GetReference(product.Values);
        ref float to = ref MemoryMarshal.GetReference(sum.Values);
        nint at = 0;
        IReadOnlyList<ColumnTile> tiles = weight.Tiles.Tiles;
        for (int i = 0; i < tiles.Count; i++)
        {
            nint width = tiles[i].Vectors * TLanes.Width;
            for (int k = 0; k < x.Length; k++)
            {
                TVector factor = TLanes.Broadcast(x[k]);
                for (nint end = at + width; at < end; at += TLanes.Width)
                {
                    TLanes.Store(TLanes.MultiplyAdd(factor, TLanes.Load(ref factors, at), TLanes.Load(ref from, at)), ref to, at);
                }
            }
        }
    }
}
