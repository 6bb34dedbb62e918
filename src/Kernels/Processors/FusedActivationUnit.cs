using System.Numerics.Tensors;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels.Processors;

/// <summary>
/// The local activation unit of a sequence for one behaviour at a time. For a given e, its first layer over all candidates v is one product with the
/// matrix (W₂ − W₃) + diag(e)·W₄ and the bias (W₁ + W₃)e + b. No vector of a pair is made, and the later layers stay in the first-level caches.
/// </summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal sealed class FusedActivationUnit<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly int _width;
    private readonly bool _softmax;
    private readonly DenseLayer<TLanes, TVector> _behaviour;

    /// <summary>[<see cref="Recency.Width"/>, units]; empty if the unit does not see recency.</summary>
    private readonly float[] _recency;
    private readonly PackedMatrix<TLanes, TVector> _candidate;
    private readonly PackedMatrix<TLanes, TVector>? _product;
    private readonly Perceptron<TLanes, TVector> _rest;

    /// <param name="parameters">The parameters of the model.</param>
    /// <param name="name">The prefix of the unit's parameters.</param>
    /// <param name="width">d, the width of an item vector.</param>
    /// <param name="options">The options of the model. The interaction must not be the outer product.</param>
    public FusedActivationUnit(IReadOnlyDictionary<string, ParameterValue> parameters, string name, int width, DinOptions options)
    {
        _width = width;
        _softmax = options.Softmax == true;
        int units = options.AttentionUnits[0];
        float[] Weight(string part) => parameters[$"{name}/0/{part}/weight"].Data;
        float[] behaviour = [.. Weight("behaviour")];
        float[] candidate = [.. Weight("candidate")];
        if (options.Interaction is Interaction.Difference or Interaction.Both)
        {
            TensorPrimitives.Add(behaviour, Weight("difference"), behaviour);
            TensorPrimitives.Subtract(candidate, Weight("difference"), candidate);
        }

        _behaviour = new(behaviour, parameters[$"{name}/0/bias"].Data);
        _candidate = new(candidate, units);
        _product = options.Interaction is Interaction.Product or Interaction.Both ? new(Weight("product"), units) : null;
        _recency = options.Recency == true ? Weight("recency") : [];
        _rest = new(parameters, name, options.AttentionUnits, options.Activation, $"{name}/weight");
    }

    /// <summary>Weighs the behaviours of a sequence.</summary>
    /// <param name="scratch">The buffers with the candidates, [N, d], and with the behaviours of the sequence, [H, d].</param>
    /// <param name="history">H, the number of behaviours.</param>
    /// <param name="candidates">N, the number of candidates, a multiple of <see cref="Rows.PerTile"/>.</param>
    /// <param name="attention">[H, stride], overwritten with the weights.</param>
    /// <param name="attentionStride">The width of its rows: N up to whole vectors.</param>
    public void Run(FusedScratch<TLanes, TVector> scratch, int history, int candidates, Span<float> attention, int attentionStride)
    {
        int stride = _behaviour.Stride;
        int rows = Rows.Padded(history);
        Span<float> terms = scratch.BehaviourTerms.Room(rows * stride);
        ReadOnlySpan<float> behaviours = scratch.Behaviours.Room(rows * _width);
        ReadOnlySpan<float> all = scratch.Candidates.Room(candidates * _width);
        _behaviour.Apply(new(behaviours, _width), rows, terms);
        AddRecency(terms, history);

        int block = _rest.RowsPerBlock;
        Span<float> first = scratch.First.Room(block * _rest.Stride);
        Span<float> second = scratch.Second.Room(block * _rest.Stride);
        for (int h = 0; h < history; h++)
        {
            PackedMatrix<TLanes, TVector> weight = _candidate;
            if (_product is not null)
            {
                weight = scratch.PairWeight;
                PairWeights<TLanes, TVector>.Add(behaviours.Slice(h * _width, _width), _candidate, _product, weight);
            }

            Span<float> weights = attention.Slice(h * attentionStride, attentionStride);
            for (int n = 0; n < candidates; n += block)
            {
                int own = Math.Min(block, candidates - n);
                MatrixProduct<TLanes, TVector>.Run(new(all[(n * _width)..], _width), own, weight, terms.Slice(h * stride, stride), first);
                _rest.Run(first, second, own, weights[n..]);
            }
        }

        if (_softmax)
        {
            ColumnSoftmax<TLanes, TVector>.Run(attention, history, attentionStride);
        }
    }

    private void AddRecency(Span<float> terms, int history)
    {
        Span<float> recency = stackalloc float[Recency.Width];
        for (int h = 0; h < history && _recency.Length > 0; h++)
        {
            Recency.Encode(history - 1 - h, recency);
            MatrixProduct<TLanes, TVector>.AddRow(recency, _recency, terms.Slice(h * _behaviour.Stride, _behaviour.Outputs));
        }
    }
}
