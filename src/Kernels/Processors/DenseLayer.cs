using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels.Processors;

/// <summary>x·W + b with packed weights.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal sealed class DenseLayer<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly AlignedFloats _bias;

    /// <param name="weight">[inputs, outputs], without gaps.</param>
    /// <param name="bias">[outputs].</param>
    public DenseLayer(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias)
    {
        Weight = new(weight, bias.Length);
        _bias = AlignedFloats.Of([.. bias, .. new float[Stride - bias.Length]]);
    }

    /// <summary>The weights.</summary>
    public PackedMatrix<TLanes, TVector> Weight { get; }

    /// <summary>[stride].</summary>
    public Span<float> Bias => _bias.Room(Stride);

    public int Inputs => Weight.Rows;

    public int Outputs => Weight.Tiles.Columns;

    /// <summary>The width of a row of the output, in floats.</summary>
    public int Stride => Weight.Tiles.Stride;

    /// <summary>Reads a layer.</summary>
    /// <param name="parameters">The parameters of the model.</param>
    /// <param name="name">The name of the layer.</param>
    public static DenseLayer<TLanes, TVector> Read(IReadOnlyDictionary<string, ParameterValue> parameters, string name) =>
        new(parameters[$"{name}/weight"].Data, parameters[$"{name}/bias"].Data);

    /// <summary>Applies the layer.</summary>
    /// <param name="x">The input.</param>
    /// <param name="rows">The number of rows, a multiple of <see cref="Rows.PerTile"/>.</param>
    /// <param name="y">[rows, <see cref="Stride"/>], overwritten.</param>
    public void Apply(LeftFactor x, int rows, Span<float> y) => MatrixProduct<TLanes, TVector>.Run(x, rows, Weight, Bias, y);
}
