using System.Numerics.Tensors;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels.Processors;

/// <summary>x·W + b with the weights in rows of whole tiles; with one output, it is a dot product per row.</summary>
internal sealed class DenseLayer
{
    private readonly float[] _weight;
    private readonly float[] _bias;

    /// <param name="weight">[inputs, outputs], without gaps.</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="outputs">The number of columns.</param>
    public DenseLayer(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int outputs)
    {
        Inputs = weight.Length / outputs;
        Outputs = outputs;
        Stride = outputs == 1 ? 1 : MatrixProduct.Stride(outputs);
        _weight = new float[Inputs * Stride];
        _bias = new float[Stride];
        bias.CopyTo(_bias);
        for (int i = 0; i < Inputs; i++)
        {
            weight.Slice(i * outputs, outputs).CopyTo(_weight.AsSpan(i * Stride));
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>The width of a row of the output, in floats. Those after <see cref="Outputs"/> are not defined.</summary>
    public int Stride { get; }

    /// <summary>[inputs, stride].</summary>
    public ReadOnlySpan<float> Weight => _weight;

    /// <summary>[stride].</summary>
    public ReadOnlySpan<float> Bias => _bias;

    /// <summary>Reads a layer.</summary>
    /// <param name="parameters">The parameters of the model.</param>
    /// <param name="name">The name of the layer.</param>
    public static DenseLayer Read(IReadOnlyDictionary<string, ParameterValue> parameters, string name)
    {
        ParameterValue weight = parameters[$"{name}/weight"];
        return new(weight.Data, parameters[$"{name}/bias"].Data, weight.Shape[1]);
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[rows, xStride], of which the first <see cref="Inputs"/> columns count.</param>
    /// <param name="xStride">The width of a row of x, in floats.</param>
    /// <param name="rows">The number of rows, a multiple of <see cref="MatrixProduct.RowsPerTile"/>.</param>
    /// <param name="y">[rows, <see cref="Stride"/>].</param>
    public void Apply(ReadOnlySpan<float> x, int xStride, int rows, Span<float> y)
    {
        if (Outputs > 1)
        {
            MatrixProduct.Run(x, xStride, rows, Inputs, _weight, _bias, Stride, Outputs, y);
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            y[row] = TensorPrimitives.Dot(x.Slice(row * xStride, Inputs), _weight) + _bias[0];
        }
    }
}
