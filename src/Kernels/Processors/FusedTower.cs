namespace DinOrleans.Kernels.Processors;

/// <summary>One of two towers: hidden layers and a linear layer, whose output is the vector.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal sealed class FusedTower<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly DenseLayer<TLanes, TVector> _first;
    private readonly Perceptron<TLanes, TVector> _rest;

    /// <param name="form">The form of the version.</param>
    /// <param name="name">The prefix of the tower's parameters.</param>
    /// <param name="inputWeight">The weight of the first layer, [inputs, units]; empty if all of its input is part of the bias.</param>
    public FusedTower(FusedTowerForm form, string name, float[] inputWeight)
    {
        _first = new(inputWeight, form.Values($"{name}/0/bias"));
        _rest = new(form.Parameters, name, form.Options.TowerUnits, form.Options.Activation, $"{name}/vector");
    }

    /// <summary>The bias of the first layer, up to whole vectors.</summary>
    public ReadOnlySpan<float> Bias => _first.Bias;

    /// <summary>The width of a row of the output, in floats.</summary>
    public int Stride => _rest.OutputStride;

    /// <summary>Makes vectors.</summary>
    /// <param name="scratch">The buffers between layers.</param>
    /// <param name="input">The input of the first layer.</param>
    /// <param name="rows">The number of rows, a multiple of <see cref="Rows.PerTile"/>.</param>
    /// <param name="bias">The bias of the first layer, up to whole vectors.</param>
    /// <param name="vectors">[rows, <see cref="Stride"/>], overwritten.</param>
    public void Run(FusedScratch<TLanes, TVector> scratch, LeftFactor input, int rows, ReadOnlySpan<float> bias, Span<float> vectors)
    {
        int block = _rest.RowsPerBlock;
        Span<float> first = scratch.First.Room(block * _rest.Stride);
        Span<float> second = scratch.Second.Room(block * _rest.Stride);
        for (int n = 0; n < rows; n += block)
        {
            int own = Math.Min(block, rows - n);
            MatrixProduct<TLanes, TVector>.Run(new(input.Values[(n * input.RowStep)..], input.RowStep), own, _first.Weight, bias, first);
            _rest.Run(first, second, own, vectors[(n * _rest.OutputStride)..]);
        }
    }
}
