using System.Numerics.Tensors;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels.Processors;

/// <summary>The network over interest, candidate, profile and context, with the crosses, the item bias and σ after it.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal sealed class FusedTop<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly ScoreLayout _layout;
    private readonly DinOptions _options;
    private readonly TopInput _input;
    private readonly DenseLayer<TLanes, TVector> _first;
    private readonly Perceptron<TLanes, TVector> _rest;
    private readonly float[] _profileWeight;
    private readonly float[] _contextWeight;
    private readonly float[] _profileCross;
    private readonly float[] _contextCross;

    /// <param name="form">The form of the version.</param>
    public FusedTop(FusedDinForm form)
    {
        _layout = form.Layout;
        _options = form.Options;
        _input = new(form);
        _first = new(_input.Weight, form.Values("top/0/bias"));
        _rest = new(form.Parameters, "top", form.Options.TopUnits, form.Options.Activation, "top/logit");
        _profileWeight = form.TopPart("profile");
        _contextWeight = form.TopPart("context");
        _profileCross = form.Values("cross/profile/weight");
        _contextCross = form.Values("cross/context/weight");
    }

    /// <summary>Writes what the network sees of a sequence, and of the candidate.</summary>
    /// <param name="scratch">The buffers with the candidates and the interest vectors of the sequence.</param>
    /// <param name="sequence">0 for the main sequence, then the others.</param>
    /// <param name="rows">The number of candidates, a multiple of <see cref="Rows.PerTile"/>.</param>
    /// <param name="attention">[history, stride], the weights of the sequence.</param>
    /// <param name="stride">The width of its rows, in floats.</param>
    /// <param name="history">The behaviours of the sequence.</param>
    public void Fill(FusedScratch<TLanes, TVector> scratch, int sequence, int rows, ReadOnlySpan<float> attention, int stride, int history)
    {
        int d = _layout.ItemWidth;
        int interestStride = scratch.PackedBehaviours.Tiles.Stride;
        Span<float> top = scratch.Top.Room(rows * _input.Width);
        ReadOnlySpan<float> candidates = scratch.Candidates.Room(rows * d);
        ReadOnlySpan<float> interests = scratch.Interest.Room(rows * interestStride);
        for (int n = 0; n < rows; n++)
        {
            Span<float> row = top.Slice(n * _input.Width, _input.Width);
            ReadOnlySpan<float> candidate = candidates.Slice(n * d, d);
            ReadOnlySpan<float> interest = interests.Slice(n * interestStride, d);
            candidate.CopyTo(row);
            Span<float> to = row[_input.Interest(sequence)..];
            interest.CopyTo(to);
            TensorPrimitives.Multiply(interest, candidate, to[d..]);
            if (_options.Intensity)
            {
                to[2 * d] = 0;
                for (int h = 0; h < history; h++)
                {
                    to[2 * d] += attention[(h * stride) + n];
                }
            }
        }
    }

    /// <summary>Scores the candidates of a request.</summary>
    /// <param name="batch">The batch and the room for its scores.</param>
    /// <param name="request">The index of the request.</param>
    /// <param name="scratch">The buffers with the network's input.</param>
    /// <param name="rows">The number of candidates, a multiple of <see cref="Rows.PerTile"/>.</param>
    public void Score(in DinBatch batch, int request, FusedScratch<TLanes, TVector> scratch, int rows)
    {
        int block = _rest.RowsPerBlock;
        ReadOnlySpan<float> profile = batch.Profile.Slice(request * _layout.ProfileWidth, _layout.ProfileWidth);
        ReadOnlySpan<float> context = batch.Context.Slice(request * _layout.ContextWidth, _layout.ContextWidth);
        Span<float> bias = scratch.TopBias.Room(_first.Stride);
        _first.Bias.CopyTo(bias);
        MatrixProduct<TLanes, TVector>.AddRow(profile, _profileWeight, bias[.._first.Outputs]);
        MatrixProduct<TLanes, TVector>.AddRow(context, _contextWeight, bias[.._first.Outputs]);
        ReadOnlySpan<float> top = scratch.Top.Room(rows * _input.Width);
        Span<float> first = scratch.First.Room(block * _rest.Stride);
        Span<float> second = scratch.Second.Room(block * _rest.Stride);
        Span<float> logits = scratch.Logits.Room(rows * _rest.OutputStride);
        for (int n = 0; n < rows; n += block)
        {
            int own = Math.Min(block, rows - n);
            MatrixProduct<TLanes, TVector>.Run(new(top[(n * _input.Width)..], _input.Width), own, _first.Weight, bias, first);
            _rest.Run(first, second, own, logits[(n * _rest.OutputStride)..]);
        }

        AddCrosses(scratch, profile, context, batch.CandidateCounts[request], logits);
        Write(batch, request, logits);
    }

    /// <summary>Adds xᵀWv of the profile and of the context x with each candidate v.</summary>
    private void AddCrosses(FusedScratch<TLanes, TVector> scratch, ReadOnlySpan<float> profile, ReadOnlySpan<float> context, int count, Span<float> logits)
    {
        if (!_options.Crosses)
        {
            return;
        }

        int d = _layout.ItemWidth;
        Span<float> weights = scratch.Crosses.Room(_layout.TaskCount * d);
        weights.Clear();
        MatrixProduct<TLanes, TVector>.AddRow(profile, _profileCross, weights);
        MatrixProduct<TLanes, TVector>.AddRow(context, _contextCross, weights);
        ReadOnlySpan<float> candidates = scratch.Candidates.Room(count * d);
        for (int n = 0; n < count; n++)
        {
            for (int k = 0; k < _layout.TaskCount; k++)
            {
                logits[(n * _rest.OutputStride) + k] += TensorPrimitives.Dot(candidates.Slice(n * d, d), weights.Slice(k * d, d));
            }
        }
    }

    private void Write(in DinBatch batch, int request, ReadOnlySpan<float> logits)
    {
        int tasks = _layout.TaskCount;
        for (int n = 0; n < batch.CandidateCounts[request]; n++)
        {
            int row = (request * batch.CandidateCount) + n;
            float bias = _options.UseBias ? batch.CandidateBias[row] : 0;
            for (int k = 0; k < tasks; k++)
            {
                batch.Scores[(row * tasks) + k] = 1 / (1 + MathF.Exp(-(logits[(n * _rest.OutputStride) + k] + bias)));
            }
        }
    }
}
