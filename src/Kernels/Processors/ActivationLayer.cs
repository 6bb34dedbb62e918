using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels.Processors;

/// <summary>An activation function with the values that it learned for each channel.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal sealed class ActivationLayer<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly Activation _activation;
    private readonly ChannelValues _channels;

    /// <summary>Reads what the activation after a layer learned.</summary>
    /// <param name="parameters">The parameters of the model.</param>
    /// <param name="layer">The name of the layer.</param>
    /// <param name="activation">The activation function.</param>
    /// <param name="channels">The number of columns.</param>
    public ActivationLayer(IReadOnlyDictionary<string, ParameterValue> parameters, string layer, Activation activation, int channels)
    {
        _activation = activation;
        _channels = new(
            ActivationValues.Read(parameters, layer, activation, channels), Rows.Padded(channels, TLanes.Width), -VectorMath<TLanes, TVector>.Log2E);
    }

    /// <summary>Applies the function in place.</summary>
    /// <param name="x">[rows, stride].</param>
    /// <param name="rows">The number of rows.</param>
    public void Apply(Span<float> x, int rows)
    {
        switch (_activation)
        {
            case Activation.Sigmoid:
                ActivationLoops<TLanes, TVector, SigmoidFunction<TLanes, TVector>>.Apply(x, rows, _channels);
                break;
            case Activation.Relu:
                ActivationLoops<TLanes, TVector, ReluFunction<TLanes, TVector>>.Apply(x, rows, _channels);
                break;
            case Activation.PRelu:
                ActivationLoops<TLanes, TVector, PReluFunction<TLanes, TVector>>.Apply(x, rows, _channels);
                break;
            default:
                ActivationLoops<TLanes, TVector, DiceFunction<TLanes, TVector>>.Apply(x, rows, _channels);
                break;
        }
    }

    /// <summary>Applies the function and a layer with one output.</summary>
    /// <param name="x">[rows, stride].</param>
    /// <param name="rows">The number of rows, a multiple of <see cref="Rows.PerTile"/>.</param>
    /// <param name="weight">[stride]; 0 for columns that only fill a vector.</param>
    /// <param name="bias">The output's bias.</param>
    /// <param name="y">[rows], overwritten.</param>
    public void Dot(ReadOnlySpan<float> x, int rows, ReadOnlySpan<float> weight, float bias, Span<float> y)
    {
        switch (_activation)
        {
            case Activation.Sigmoid:
                ActivationLoops<TLanes, TVector, SigmoidFunction<TLanes, TVector>>.Dot(x, rows, _channels, weight, bias, y);
                break;
            case Activation.Relu:
                ActivationLoops<TLanes, TVector, ReluFunction<TLanes, TVector>>.Dot(x, rows, _channels, weight, bias, y);
                break;
            case Activation.PRelu:
                ActivationLoops<TLanes, TVector, PReluFunction<TLanes, TVector>>.Dot(x, rows, _channels, weight, bias, y);
                break;
            default:
                ActivationLoops<TLanes, TVector, DiceFunction<TLanes, TVector>>.Dot(x, rows, _channels, weight, bias, y);
                break;
        }
    }
}
