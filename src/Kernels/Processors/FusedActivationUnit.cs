using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels.Processors;

/// <summary>
/// The local activation unit for one behaviour at a time. For a given e, its first layer over all candidates v is one product with the matrix
/// (W₂ − W₃) + diag(e)·W₄ and the bias (W₁ + W₃)e + b. No vector of a pair is made, and the later layers stay in the first-level caches.
/// </summary>
internal sealed class FusedActivationUnit
{
    private const string First = "attention/0";
    private const int Vector = 16;

    private readonly int _width;
    private readonly bool _softmax;
    private readonly DenseLayer _behaviour;

    /// <summary>[<see cref="Recency.Width"/>, units]; empty if the unit does not see recency.</summary>
    private readonly float[] _recency;
    private readonly DenseLayer _candidate;
    private readonly DenseLayer? _product;
    private readonly Perceptron _rest;

    /// <param name="parameters">The parameters of the model.</param>
    /// <param name="width">d, the width of an item vector.</param>
    /// <param name="options">The options of the model. The interaction must not be the outer product.</param>
    public FusedActivationUnit(IReadOnlyDictionary<string, ParameterValue> parameters, int width, DinOptions options)
    {
        _width = width;
        _softmax = options.Softmax == true;
        int units = options.AttentionUnits[0];
        float[] behaviour = [.. parameters[$"{First}/behaviour/weight"].Data];
        float[] candidate = [.. parameters[$"{First}/candidate/weight"].Data];
        if (options.Interaction is Interaction.Difference or Interaction.Both)
        {
            float[] difference = parameters[$"{First}/difference/weight"].Data;
            TensorPrimitives.Add(behaviour, difference, behaviour);
            TensorPrimitives.Subtract(candidate, difference, candidate);
        }

        _behaviour = new(behaviour, parameters[$"{First}/bias"].Data, units);
        _candidate = new(candidate, [], units);
        _product = options.Interaction is Interaction.Product or Interaction.Both
            ? new(parameters[$"{First}/product/weight"].Data, [], units)
            : null;
        _recency = options.Recency == true ? parameters[$"{First}/recency/weight"].Data : [];
        _rest = new(parameters, "attention", options.AttentionUnits, options.Activation, "attention/weight");
    }

    /// <summary>Weighs the behaviours of a request.</summary>
    /// <param name="scratch">The buffers with the candidates. The weights are written to them as [N, H] without gaps.</param>
    /// <param name="behaviours">[H, d].</param>
    /// <param name="history">H, the number of behaviours.</param>
    /// <param name="candidates">N, the number of candidates, a multiple of <see cref="MatrixProduct.RowsPerTile"/>.</param>
    public void Run(FusedScratch scratch, ReadOnlySpan<float> behaviours, int history, int candidates)
    {
        int stride = _candidate.Stride;
        int rows = MatrixProduct.PaddedRows(history);
        Span<float> padded = FusedScratch.Room(ref scratch.Top, rows * _width);
        behaviours.CopyTo(padded);
        padded[behaviours.Length..].Clear();
        Span<float> terms = FusedScratch.Room(ref scratch.BehaviourTerms, rows * stride);
        _behaviour.Apply(padded, _width, rows, terms);
        AddRecency(terms, history);

        Span<float> attention = FusedScratch.Room(ref scratch.Attention, candidates * history);
        Span<float> weight = FusedScratch.Room(ref scratch.PairWeight, _width * stride);
        Span<float> first = FusedScratch.Room(ref scratch.First, candidates * Math.Max(stride, _rest.Stride));
        Span<float> second = FusedScratch.Room(ref scratch.Second, candidates * Math.Max(stride, _rest.Stride));
        for (int h = 0; h < history; h++)
        {
            ReadOnlySpan<float> pairWeight = _candidate.Weight;
            if (_product is not null)
            {
                Weigh(behaviours.Slice(h * _width, _width), weight);
                pairWeight = weight;
            }

            MatrixProduct.Run(scratch.Candidates, _width, candidates, _width, pairWeight, terms.Slice(h * stride, stride), stride, _candidate.Outputs, first);
            ReadOnlySpan<float> weights = _rest.Run(first, stride, second, candidates);
            for (int n = 0; n < candidates; n++)
            {
                attention[(n * history) + h] = weights[n * _rest.LastStride];
            }
        }

        for (int n = 0; _softmax && history > 0 && n < candidates; n++)
        {
            Span<float> row = attention.Slice(n * history, history);
            TensorPrimitives.SoftMax(row, row);
        }
    }

    private void AddRecency(Span<float> terms, int history)
    {
        Span<float> recency = stackalloc float[Recency.Width];
        for (int h = 0; h < history && _recency.Length > 0; h++)
        {
            Recency.Encode(history - 1 - h, recency);
            MatrixProduct.AddRow(recency, _recency, terms.Slice(h * _behaviour.Stride, _behaviour.Outputs));
        }
    }

    /// <summary>(W₂ − W₃) + diag(e)·W₄.</summary>
    private void Weigh(ReadOnlySpan<float> e, Span<float> weight)
    {
        ReadOnlySpan<float> candidate = _candidate.Weight;
        ReadOnlySpan<float> product = _product!.Weight;
        int stride = _candidate.Stride;
        for (int k = 0; k < e.Length; k++)
        {
            Vector512<float> factor = Vector512.Create(e[k]);
            for (int i = k * stride; i < (k + 1) * stride; i += Vector)
            {
                Vector512.FusedMultiplyAdd(factor, Vector512.Create(product[i..]), Vector512.Create(candidate[i..])).CopyTo(weight[i..]);
            }
        }
    }
}
