using System.Buffers;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;

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

    public static CandidateVectors Gather(ReadOnlySpan<CatalogueItem> candidates, LoadedModel model)
    {
        int d = model.Layout.ItemWidth;
        float[] vectors = ArrayPool<float>.Shared.Rent(candidates.Length * d);
        float[] bias = ArrayPool<float>.Shared.Rent(candidates.Length);
        int idFeature = IdFeature(model);
        for (int i = 0; i < candidates.Length; i++)
        {
            FeatureRows rows = candidates[i].Rows(model);
            model.Artifact.Items.Write(rows, vectors.AsSpan(i * d, d));
            bias[i] = model.Artifact.ItemBias.Row(rows.Rows[idFeature])[0];
        }

        return new(vectors, bias, candidates.Length, d);
    }

    /// <summary>Returns the buffers to the pool. Call it only after the last read.</summary>
    public void Return()
    {
        ArrayPool<float>.Shared.Return(_vectors);
        ArrayPool<float>.Shared.Return(_bias);
    }

    private static int IdFeature(LoadedModel model)
    {
        IReadOnlyList<CategoricalFeature> features = model.Artifact.Manifest.Schema.ItemFeatures;
        for (int i = 0; i < features.Count; i++)
        {
            if (features[i].Name == FeatureSchema.ItemId)
            {
                return i;
            }
        }

        throw new InvalidOperationException("The schema lacks item_id, which its validation rules out.");
    }
}
