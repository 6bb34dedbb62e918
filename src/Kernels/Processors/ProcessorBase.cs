using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels.Processors;

/// <summary>
/// Scores <see cref="BaseModel"/> on processors. A request has one interest vector u for all candidates v, so u is a part of the first layer's bias, and
/// u⊙v a part of its weight. What is left per candidate is one product with v.
/// </summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal sealed class ProcessorBase<TLanes, TVector> : ProcessorKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly ScoreLayout _layout;
    private readonly BaseModelOptions _options;

    /// <summary>The floats of a candidate that the first layer sees: its vector and the powers of its numbers.</summary>
    private readonly int _inputs;
    private readonly PackedMatrix<TLanes, TVector> _candidate;

    /// <summary>The weights of u⊙v of each sequence, with rows of zeros for the powers; empty if the model does not see it.</summary>
    private readonly PackedMatrix<TLanes, TVector>[] _products;

    /// <summary>The weights of u of each sequence, [d, units].</summary>
    private readonly float[][] _interests;
    private readonly float[] _profilePowers;
    private readonly float[] _contextPowers;
    private readonly TopLayers<TLanes, TVector> _layers;

    /// <param name="form">The form of the version.</param>
    public ProcessorBase(FusedBaseForm form)
        : base(form.Top.TopUnits[0], form.Layout.ItemWidth)
    {
        _layout = form.Layout;
        _options = form.Options;
        int units = form.Top.TopUnits[0];
        float[] powers = form.TopPart("candidate_powers");
        _inputs = _layout.ItemWidth + (powers.Length / units);
        _candidate = new([.. form.TopPart("candidate"), .. powers], units);
        _products = _options.Product
            ? [.. form.Suffixes.Select(s => new PackedMatrix<TLanes, TVector>([.. form.TopPart($"product{s}"), .. new float[powers.Length]], units))]
            : [];
        _interests = [.. form.Suffixes.Select(s => form.TopPart($"interest{s}"))];
        _profilePowers = form.TopPart("profile_powers");
        _contextPowers = form.TopPart("context_powers");
        _layers = new(form);
    }

    private protected override void Score(in FusedBatch batch, int request, FusedScratch<TLanes, TVector> scratch)
    {
        int rows = SetCandidates(batch, request, scratch);
        Span<float> bias = _layers.StartBias(batch, request, scratch);
        AddPowers(scratch, batch.Profile.Slice(request * _layout.ProfileWidth, _layout.ProfileWidth), _layout.ProfileNumbers, _profilePowers, bias);
        AddPowers(scratch, batch.Context.Slice(request * _layout.ContextWidth, _layout.ContextWidth), _layout.ContextNumbers, _contextPowers, bias);
        PackedMatrix<TLanes, TVector> weight = _candidate;
        Span<float> interest = scratch.Pooled.Room(_inputs);
        interest.Clear();
        for (int s = 0; s < _interests.Length; s++)
        {
            Span<float> u = interest[.._layout.ItemWidth];
            PooledHistory.Pool(batch.BehavioursOf(request, s, _layout), _options.Pooling, u);
            MatrixProduct<TLanes, TVector>.AddRow(u, _interests[s], bias);
            if (_options.Product)
            {
                PairWeights<TLanes, TVector>.Add(interest, weight, _products[s], scratch.PairWeight);
                weight = scratch.PairWeight;
            }
        }

        _layers.Score(batch, request, scratch, Input(scratch, rows), rows, weight);
    }

    /// <summary>The vectors of the candidates, each with the powers of its numbers after it.</summary>
    private LeftFactor Input(FusedScratch<TLanes, TVector> scratch, int rows)
    {
        int d = _layout.ItemWidth;
        ReadOnlySpan<float> candidates = scratch.Candidates.Room(rows * d);
        if (_inputs == d)
        {
            return new(candidates, d);
        }

        Span<float> input = scratch.Top.Room(rows * _inputs);
        for (int n = 0; n < rows; n++)
        {
            ReadOnlySpan<float> candidate = candidates.Slice(n * d, d);
            Span<float> row = input.Slice(n * _inputs, _inputs);
            candidate.CopyTo(row);
            Powers.Raise(candidate[^_layout.ItemNumbers..], row[d..]);
        }

        return new(input, _inputs);
    }

    /// <summary>Adds the term of the powers of a vector's numbers, which are the last of its floats.</summary>
    private static void AddPowers(FusedScratch<TLanes, TVector> scratch, ReadOnlySpan<float> vector, int numbers, float[] weight, Span<float> bias)
    {
        if (weight.Length > 0)
        {
            Span<float> powers = scratch.Interest.Room(3 * numbers);
            Powers.Raise(vector[^numbers..], powers);
            MatrixProduct<TLanes, TVector>.AddRow(powers, weight, bias);
        }
    }
}
