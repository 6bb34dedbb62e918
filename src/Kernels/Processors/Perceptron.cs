using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels.Processors;

/// <summary>The layers after the first, each with the activation before it. The last layer is linear.</summary>
internal sealed class Perceptron
{
    private readonly List<(ActivationLayer Activation, DenseLayer Layer)> _steps = [];

    /// <summary>Reads hidden layers 1, 2, … and the last one.</summary>
    /// <param name="parameters">The parameters of the model.</param>
    /// <param name="name">The prefix of the hidden layers' names.</param>
    /// <param name="units">The units of each hidden layer, the first included.</param>
    /// <param name="activation">The activation function after each hidden layer.</param>
    /// <param name="last">The name of the last layer.</param>
    public Perceptron(
        IReadOnlyDictionary<string, ParameterValue> parameters, string name, IReadOnlyList<int> units, Activation activation, string last)
    {
        for (int i = 0; i < units.Count; i++)
        {
            string next = i + 1 < units.Count ? $"{name}/{i + 1}" : last;
            _steps.Add((ActivationLayer.Read(parameters, $"{name}/{i}", activation, units[i]), DenseLayer.Read(parameters, next)));
        }

        Stride = _steps.Max(s => s.Layer.Stride);
        LastStride = _steps[^1].Layer.Stride;
    }

    /// <summary>The width of the widest row that a layer computes, in floats.</summary>
    public int Stride { get; }

    /// <summary>The width of a row that the last layer computes, in floats.</summary>
    public int LastStride { get; }

    /// <summary>Runs the layers.</summary>
    /// <param name="first">[rows, firstStride], the output of the first layer; overwritten.</param>
    /// <param name="firstStride">The width of its rows, in floats.</param>
    /// <param name="second">Room for [rows, <see cref="Stride"/>].</param>
    /// <param name="rows">The number of rows, a multiple of <see cref="MatrixProduct.RowsPerTile"/>.</param>
    /// <returns>[rows, <see cref="LastStride"/>], in one of the two buffers.</returns>
    public Span<float> Run(Span<float> first, int firstStride, Span<float> second, int rows)
    {
        Span<float> x = first;
        Span<float> y = second;
        int stride = firstStride;
        foreach ((ActivationLayer activation, DenseLayer layer) in _steps)
        {
            activation.Apply(x[..(rows * stride)]);
            layer.Apply(x, stride, rows, y);
            Span<float> free = x;
            x = y;
            y = free;
            stride = layer.Stride;
        }

        return x;
    }
}
