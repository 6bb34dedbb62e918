using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels.Processors;

/// <summary>Layers after the first, each with the activation before it, down to the last linear one.</summary>
internal sealed class Perceptron
{
    private readonly List<(ActivationLayer Activation, DenseLayer Layer)> _steps = [];

    /// <summary>Reads hidden layers 1, 2, … and the last one.</summary>
    /// <param name="parameters">Of the model.</param>
    /// <param name="name">Prefix of the hidden layers' names.</param>
    /// <param name="units">Of each hidden layer, the first included.</param>
    /// <param name="activation">After each hidden layer.</param>
    /// <param name="last">Name of the last layer.</param>
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

    /// <summary>The longest row of what a layer gives.</summary>
    public int Stride { get; }

    /// <summary>Floats of a row of what the last layer gives.</summary>
    public int LastStride { get; }

    /// <summary>Runs the layers.</summary>
    /// <param name="first">[rows, firstStride], what the first layer gave; overwritten.</param>
    /// <param name="firstStride">Floats of a row of it.</param>
    /// <param name="second">Room for [rows, <see cref="Stride"/>].</param>
    /// <param name="rows">A multiple of <see cref="MatrixProduct.RowsATile"/>.</param>
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
