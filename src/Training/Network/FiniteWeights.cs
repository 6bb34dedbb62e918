using System.Numerics.Tensors;
using DinOrleans.Training.Torch;
using Tensor = TorchSharp.torch.Tensor;

namespace DinOrleans.Training.Network;

/// <summary>Searches the weights of a network for one that is NaN or infinite. This costs about as much as copying them.</summary>
internal static class FiniteWeights
{
    /// <summary>The first parameter, moving statistic or table with such a weight, or null if there is none.</summary>
    public static string? FindBroken(RankingNetwork network)
    {
        foreach ((string name, Tensor parameter) in network.Parameters.Trainable)
        {
            if (!AreFinite(TorchParameters.Floats(parameter)))
            {
                return name;
            }
        }

        foreach ((string name, MovingMoments moments) in network.Parameters.Moving)
        {
            if (!AreFinite(TorchParameters.Floats(moments.Mean)) || !AreFinite(TorchParameters.Floats(moments.Variance)))
            {
                return $"the moving statistics of {name}";
            }
        }

        return network.Embeddings.Tables.FirstOrDefault(t => !AreFinite(t.Values))?.Key;
    }

    private static bool AreFinite(ReadOnlySpan<float> values) => values.IsEmpty || float.IsFinite(TensorPrimitives.MaxMagnitude(values));
}
