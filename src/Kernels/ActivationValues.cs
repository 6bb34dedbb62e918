using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels;

/// <summary>What the activation after a layer learned, one number per channel; zeros where the activation learns none.</summary>
/// <param name="Scale">1 / √(Var + ε) of Dice.</param>
/// <param name="Shift">−E / √(Var + ε) of Dice.</param>
/// <param name="Slope">The slope of PReLU, or α of Dice.</param>
internal readonly record struct ActivationValues(float[] Scale, float[] Shift, float[] Slope)
{
    /// <summary>Reads them from a model's parameters.</summary>
    /// <param name="parameters">The parameters of the model.</param>
    /// <param name="layer">The name of the layer.</param>
    /// <param name="activation">The activation function.</param>
    /// <param name="channels">Units of the layer.</param>
    public static ActivationValues Read(IReadOnlyDictionary<string, ParameterValue> parameters, string layer, Activation activation, int channels)
    {
        var values = new ActivationValues(new float[channels], new float[channels], new float[channels]);
        switch (activation)
        {
            case Activation.PRelu:
                return values with { Slope = parameters[$"{layer}/slope"].Data };
            case Activation.Dice:
                float[] mean = parameters[MovingStatistics.Mean($"{layer}/dice")].Data;
                float[] variance = parameters[MovingStatistics.Variance($"{layer}/dice")].Data;
                for (int i = 0; i < channels; i++)
                {
                    values.Scale[i] = 1 / MathF.Sqrt(variance[i] + MovingStatistics.DiceEpsilon);
                    values.Shift[i] = -mean[i] * values.Scale[i];
                }

                return values with { Slope = parameters[$"{layer}/alpha"].Data };
            default:
                return values;
        }
    }
}
