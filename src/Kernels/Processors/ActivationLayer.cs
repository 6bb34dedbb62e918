using System.Runtime.Intrinsics;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels.Processors;

/// <summary>An activation function with the values that it learned for each channel. It is applied in place.</summary>
internal sealed class ActivationLayer
{
    private const int Vector = 16;

    private readonly Activation _activation;
    private readonly int _stride;

    /// <summary>PReLU's slope, or Dice's α.</summary>
    private readonly float[] _slope;

    /// <summary>Dice's 1/√(Var + ε) and −E/√(Var + ε).</summary>
    private readonly float[] _scale;
    private readonly float[] _shift;

    private ActivationLayer(Activation activation, int stride)
    {
        _activation = activation;
        _stride = stride;
        _slope = new float[stride];
        _scale = new float[stride];
        _shift = new float[stride];
    }

    /// <summary>Reads what the activation after a layer learned.</summary>
    /// <param name="parameters">The parameters of the model.</param>
    /// <param name="layer">The name of the layer.</param>
    /// <param name="activation">The activation function.</param>
    /// <param name="channels">The number of columns.</param>
    public static ActivationLayer Read(IReadOnlyDictionary<string, ParameterValue> parameters, string layer, Activation activation, int channels)
    {
        var read = new ActivationLayer(activation, MatrixProduct.Stride(channels));
        ActivationValues values = ActivationValues.Read(parameters, layer, activation, channels);
        values.Scale.CopyTo(read._scale, 0);
        values.Shift.CopyTo(read._shift, 0);
        values.Slope.CopyTo(read._slope, 0);
        return read;
    }

    /// <summary>Applies the function.</summary>
    /// <param name="x">[rows, stride].</param>
    public void Apply(Span<float> x)
    {
        switch (_activation)
        {
            case Activation.Sigmoid:
                for (int i = 0; i < x.Length; i += Vector)
                {
                    ref float at = ref x[i];
                    VectorMath.Sigmoid(Vector512.LoadUnsafe(ref at)).StoreUnsafe(ref at);
                }

                break;
            case Activation.Relu:
                for (int i = 0; i < x.Length; i += Vector)
                {
                    ref float at = ref x[i];
                    Vector512.MaxNative(Vector512.LoadUnsafe(ref at), Vector512<float>.Zero).StoreUnsafe(ref at);
                }

                break;
            case Activation.PRelu:
                PRelu(x);
                break;
            case Activation.Dice:
                Dice(x);
                break;
            default:
                throw new InvalidOperationException($"Activation {_activation} has no fused form.");
        }
    }

    private void PRelu(Span<float> x)
    {
        for (int row = 0; row < x.Length; row += _stride)
        {
            for (int column = 0; column < _stride; column += Vector)
            {
                ref float at = ref x[row + column];
                Vector512<float> value = Vector512.LoadUnsafe(ref at);
                Vector512<float> slope = Vector512.LoadUnsafe(ref _slope[column]);
                Vector512<float> low = Vector512.MinNative(value, Vector512<float>.Zero);
                Vector512.FusedMultiplyAdd(slope, low, Vector512.MaxNative(value, Vector512<float>.Zero)).StoreUnsafe(ref at);
            }
        }
    }

    /// <summary>(p·(1 − α) + α)·s with p = σ(s·scale + shift) (Zhou et al., KDD 2018, eq. 5).</summary>
    private void Dice(Span<float> x)
    {
        for (int row = 0; row < x.Length; row += _stride)
        {
            for (int column = 0; column < _stride; column += Vector)
            {
                ref float at = ref x[row + column];
                Vector512<float> value = Vector512.LoadUnsafe(ref at);
                Vector512<float> alpha = Vector512.LoadUnsafe(ref _slope[column]);
                Vector512<float> p = VectorMath.Sigmoid(Vector512.FusedMultiplyAdd(
                    value, Vector512.LoadUnsafe(ref _scale[column]), Vector512.LoadUnsafe(ref _shift[column])));
                Vector512<float> gate = Vector512.FusedMultiplyAdd(p, Vector512<float>.One - alpha, alpha);
                (gate * value).StoreUnsafe(ref at);
            }
        }
    }
}
