using System.Numerics.Tensors;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels.Processors;

/// <summary>x·W + b with the weights in rows of whole tiles; with one output, a dot product a row.</summary>
internal sealed class DenseLayer
{
    private readonly float[] _weight;
    private readonly float[] _bias;

    /// <param name="weight">[inputs, outputs], without gaps.</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="outputs">Columns.</param>
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

    /// <summary>Floats of a row of what comes out; those past <see cref="Outputs"/> mean nothing.</summary>
    public int Stride { get; }

    /// <summary>[inputs, stride].</summary>
    public ReadOnlySpan<float> Weight => _weight;

    /// <summary>[stride].</summary>
    public ReadOnlySpan<float> Bias => _bias;

    /// <summary>Reads a layer.</summary>
    /// <param name="parameters">Of the model.</param>
    /// <param name="name">The layer's.</param>
    public static DenseLayer Read(IReadOnlyDictionary<string, ParameterValue> parameters, string name)
    {
        ParameterValue weight = parameters[$"{name}/weight"];
        return new(weight.Data, parameters[$"{name}/bias"].Data, weight.Shape[1]);
    }

    /// <summary>Applies it.</summary>
    /// <param name="x">[rows, xStride], of which the first <see cref="Inputs"/> columns count.</param>
    /// <param name="xStride">Floats of a row of x.</param>
    /// <param name="rows">A multiple of <see cref="MatrixProduct.RowsATile"/>.</param>
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
