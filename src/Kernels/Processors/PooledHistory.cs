using System.Numerics.Tensors;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels.Processors;

/// <summary>Pools behaviours without looking at a candidate.</summary>
internal static class PooledHistory
{
    /// <summary>Makes one vector of the behaviours of a sequence.</summary>
    /// <param name="behaviours">[behaviours, d].</param>
    /// <param name="pooling">The kind of pooling.</param>
    /// <param name="pooled">[d], overwritten; zeros where there are no behaviours.</param>
    public static void Pool(ReadOnlySpan<float> behaviours, Pooling pooling, Span<float> pooled)
    {
        pooled.Clear();
        for (int at = 0; at < behaviours.Length; at += pooled.Length)
        {
            TensorPrimitives.Add(pooled, behaviours.Slice(at, pooled.Length), pooled);
        }

        if (pooling == Pooling.Average && behaviours.Length > 0)
        {
            TensorPrimitives.Divide(pooled, (float)(behaviours.Length / pooled.Length), pooled);
        }
    }
}
