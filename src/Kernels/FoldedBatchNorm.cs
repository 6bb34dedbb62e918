using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels;

/// <summary>Batch normalisation in serving: γ·(x − E) / √(Var + ε) + β per channel, which is part of the linear layer before it.</summary>
internal static class FoldedBatchNorm
{
    /// <summary>Multiplies it into the weights and biases of a network's hidden layers.</summary>
    /// <param name="parameters">The parameters of a model.</param>
    /// <param name="network">The prefix of the hidden layers' names.</param>
    /// <param name="layers">The number of hidden layers.</param>
    /// <returns>The parameters of a model without batch normalisation that computes the same.</returns>
    public static IReadOnlyDictionary<string, ParameterValue> Fold(IReadOnlyDictionary<string, ParameterValue> parameters, string network, int layers)
    {
        var folded = new Dictionary<string, ParameterValue>(parameters);
        for (int i = 0; i < layers; i++)
        {
            string layer = $"{network}/{i}";
            float[] mean = parameters[MovingStatistics.Mean($"{layer}/norm")].Data;
            float[] variance = parameters[MovingStatistics.Variance($"{layer}/norm")].Data;
            float[] factor = [.. parameters[$"{layer}/gamma"].Data.Select((g, c) => g / MathF.Sqrt(variance[c] + MovingStatistics.BatchNormEpsilon))];
            float[] beta = parameters[$"{layer}/beta"].Data;
            foreach ((string name, ParameterValue value) in parameters.Where(p => p.Key.StartsWith($"{layer}/", StringComparison.Ordinal) && Layers.IsWeight(p.Key)))
            {
                folded[name] = new(value.Shape, [.. value.Data.Select((w, at) => w * factor[at % factor.Length])]);
            }

            ParameterValue bias = parameters[$"{layer}/bias"];
            folded[$"{layer}/bias"] = new(bias.Shape, [.. bias.Data.Select((b, c) => ((b - mean[c]) * factor[c]) + beta[c])]);
        }

        return folded;
    }
}
