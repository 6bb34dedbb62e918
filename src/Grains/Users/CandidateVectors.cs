using System.Buffers;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Scoring;

namespace DinOrleans.Grains.Users;

/// <summary>The candidates of one ranking as vectors, in rented buffers.</summary>
internal readonly struct CandidateVectors
{
    private readonly float[] _vectors;
    private readonly float[] _bias;

    private CandidateVectors(float[] vectors, float[] bias, int count, int width)
    {
        _vectors = vectors;
        _bias = bias;
        Vectors = new FloatBlock(vectors, count * width);
        Bias = new FloatBlock(bias, count);
    }

    /// <summary>The vectors, [N, d].</summary>
    public FloatBlock Vectors { get; }

    /// <summary>The item bias of each candidate, [N].</summary>
    public FloatBlock Bias { get; }

    /// <summary>Makes the vectors of candidates.</summary>
    /// <param name="candidates">The candidates, [N].</param>
    /// <param name="items">Makes vectors in the version that scores.</param>
    /// <param name="width">The width of a vector, d.</param>
    public static CandidateVectors Gather(ReadOnlySpan<CatalogueItem> candidates, ItemVectors items, int width)
    {
        float[] vectors = ArrayPool<float>.Shared.Rent(candidates.Length * width);
        float[] bias = ArrayPool<float>.Shared.Rent(candidates.Length);
        items.Write(candidates, vectors, bias);
        return new(vectors, bias, candidates.Length, width);
    }

    /// <summary>Returns the buffers to the pool. Call it only after the last read.</summary>
    public void Return()
    {
        ArrayPool<float>.Shared.Return(_vectors);
        ArrayPool<float>.Shared.Return(_bias);
    }
}
