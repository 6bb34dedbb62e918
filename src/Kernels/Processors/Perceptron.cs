using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels.Processors;

/// <summary>The layers after the first, each with the activation before it. The last layer is linear.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal sealed class Perceptron<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly List<(ActivationLayer<TLanes, TVector> Activation, DenseLayer<TLanes, TVector> Layer)> _hidden = [];
    private readonly ActivationLayer<TLanes, TVector> _lastActivation;
    private readonly DenseLayer<TLanes, TVector> _last;

    /// <summary>The weights of a last layer with one output, [stride of its input].</summary>
    private readonly AlignedFloats _column;
    private readonly int _lastInputs;

    /// <summary>Reads hidden layers 1, 2, … and the last one.</summary>
    /// <param name="parameters">The parameters of the model.</param>
    /// <param name="name">The prefix of the hidden layers' names.</param>
    /// <param name="units">The units of each hidden layer, the first included.</param>
    /// <param name="activation">The activation function after each hidden layer.</param>
    /// <param name="last">The name of the last layer.</param>
    public Perceptron(
        IReadOnlyDictionary<string, ParameterValue> parameters, string name, IReadOnlyList<int> units, Activation activation, string last)
    {
        for (int i = 1; i < units.Count; i++)
        {
            _hidden.Add((new(parameters, $"{name}/{i - 1}", activation, units[i - 1]), DenseLayer<TLanes, TVector>.Read(parameters, $"{name}/{i}")));
        }

        _lastActivation = new(parameters, $"{name}/{units.Count - 1}", activation, units[^1]);
        _last = DenseLayer<TLanes, TVector>.Read(parameters, last);
        _lastInputs = Rows.Padded(units[^1], TLanes.Width);
        _column = AlignedFloats.Of([.. parameters[$"{last}/weight"].Data.Take(_last.Outputs == 1 ? units[^1] : 0), .. new float[_lastInputs - units[^1]]]);
        OutputStride = _last.Outputs == 1 ? 1 : _last.Stride;
        int first = Rows.Padded(units[0], TLanes.Width);
        Stride = Math.Max(OutputStride, _hidden.Select(h => h.Layer.Stride).Append(first).Max());
        RowsPerBlock = Rows.PerBlock(2 * Stride);
    }

    /// <summary>The width of the widest row between layers, in floats.</summary>
    public int Stride { get; }

    /// <summary>The width of a row of the output, in floats: 1 for one output.</summary>
    public int OutputStride { get; }

    /// <summary>The rows that pass through all layers before the next ones.</summary>
    public int RowsPerBlock { get; }

    /// <summary>Runs the layers.</summary>
    /// <param name="first">[rows, stride of the first layer], the output of the first layer; overwritten.</param>
    /// <param name="second">Room for [rows, <see cref="Stride"/>].</param>
    /// <param name="rows">The number of rows, a multiple of <see cref="Rows.PerTile"/>.</param>
    /// <param name="output">[rows, <see cref="OutputStride"/>], overwritten.</param>
    public void Run(Span<float> first, Span<float> second, int rows, Span<float> output)
    {
        Span<float> x = first;
        Span<float> y = second;
        for (int i = 0; i < _hidden.Count; i++)
        {
            (ActivationLayer<TLanes, TVector> activation, DenseLayer<TLanes, TVector> layer) = _hidden[i];
            activation.Apply(x, rows);
            layer.Apply(new(x, Rows.Padded(layer.Inputs, TLanes.Width)), rows, y);
            Span<float> free = x;
            x = y;
            y = free;
        }

        if (_last.Outputs == 1)
        {
            _lastActivation.Dot(x, rows, _column.Room(_lastInputs), _last.Bias[0], output);
            return;
        }

        _lastActivation.Apply(x, rows);
        _last.Apply(new(x, _lastInputs), rows, output);
    }
}
