using System.Numerics.Tensors;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels.Processors;

/// <summary>The layers of a top network, with the terms of profile and context before them, and the crosses, the item bias and σ after them.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal sealed class TopLayers<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly ScoreLayout _layout;
    private readonly TopNetworkOptions _options;
    private readonly float[] _bias;
    private readonly int _stride;
    private readonly Perceptron<TLanes, TVector> _rest;
    private readonly float[] _profileWeight;
    private readonly float[] _contextWeight;
    private readonly float[] _profileCross;
    private readonly float[] _contextCross;

    /// <param name="form">The form of the version.</param>
    public TopLayers(FusedTopForm form)
    {
        _layout = form.Layout;
        _options = form.Top;
        _bias = form.Values("top/0/bias");
        _stride = Rows.Padded(_bias.Length, TLanes.Width);
        _rest = new(form.Parameters, "top", form.Top.TopUnits, form.Top.Activation, "top/logit");
        _profileWeight = form.TopPart("profile");
        _contextWeight = form.TopPart("context");
        _profileCross = form.Values("cross/profile/weight");
        _contextCross = form.Values("cross/context/weight");
    }

    /// <summary>Writes what the first layer adds for every candidate of a request: its bias, and the terms of profile and context.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="request">The index of the request.</param>
    /// <param name="scratch">The buffers, whose top bias is overwritten.</param>
    /// <returns>[units], to which the terms of other inputs that all candidates share may be added.</returns>
    public Span<float> StartBias(in FusedBatch batch, int request, FusedScratch<TLanes, TVector> scratch)
    {
        Span<float> bias = scratch.TopBias.Room(_stride);
        _bias.CopyTo(bias);
        bias[_bias.Length..].Clear();
        Span<float> own = bias[.._bias.Length];
        MatrixProduct<TLanes, TVector>.AddRow(Profile(batch, request), _profileWeight, own);
        MatrixProduct<TLanes, TVector>.AddRow(Context(batch, request), _contextWeight, own);
        return own;
    }

    /// <summary>Scores the candidates of a request.</summary>
    /// <param name="batch">The batch and the room for its scores.</param>
    /// <param name="request">The index of the request.</param>
    /// <param name="scratch">The buffers with the candidates and with the top bias.</param>
    /// <param name="input">The input of the first layer, [rows, inputs].</param>
    /// <param name="rows">The number of candidates, a multiple of <see cref="Rows.PerTile"/>.</param>
    /// <param name="weight">The weight of the first layer, [inputs, units].</param>
    public void Score(
        in FusedBatch batch, int request, FusedScratch<TLanes, TVector> scratch, LeftFactor input, int rows, PackedMatrix<TLanes, TVector> weight)
    {
        int block = _rest.RowsPerBlock;
        ReadOnlySpan<float> bias = scratch.TopBias.Room(_stride);
        Span<float> first = scratch.First.Room(block * _rest.Stride);
        Span<float> second = scratch.Second.Room(block * _rest.Stride);
        Span<float> logits = scratch.Logits.Room(rows * _rest.OutputStride);
        for (int n = 0; n < rows; n += block)
        {
            int own = Math.Min(block, rows - n);
            MatrixProduct<TLanes, TVector>.Run(new(input.Values[(n * input.RowStep)..], input.RowStep), own, weight, bias, first);
            _rest.Run(first, second, own, logits[(n * _rest.OutputStride)..]);
        }

        AddCrosses(batch, request, scratch, logits);
        Write(batch, request, logits);
    }

    private ReadOnlySpan<float> Profile(in FusedBatch batch, int request) => batch.Profile.Slice(request * _layout.ProfileWidth, _layout.ProfileWidth);

    private ReadOnlySpan<float> Context(in FusedBatch batch, int request) => batch.Context.Slice(request * _layout.ContextWidth, _layout.ContextWidth);

    /// <summary>Adds xᵀWv of the profile and of the context x with each candidate v.</summary>
    private void AddCrosses(in FusedBatch batch, int request, FusedScratch<TLanes, TVector> scratch, Span<float> logits)
    {
        if (!_options.Crosses)
        {
            return;
        }

        int d = _layout.ItemWidth;
        int count = batch.CandidateCounts[request];
        Span<float> weights = scratch.Crosses.Room(_layout.TaskCount * d);
        weights.Clear();
        MatrixProduct<TLanes, TVector>.AddRow(Profile(batch, request), _profileCross, weights);
        MatrixProduct<TLanes, TVector>.AddRow(Context(batch, request), _contextCross, weights);
        ReadOnlySpan<float> candidates = scratch.Candidates.Room(count * d);
        for (int n = 0; n < count; n++)
        {
            for (int k = 0; k < _layout.TaskCount; k++)
            {
                logits[(n * _rest.OutputStride) + k] += TensorPrimitives.Dot(candidates.Slice(n * d, d), weights.Slice(k * d, d));
            }
        }
    }

    private void Write(in FusedBatch batch, int request, ReadOnlySpan<float> logits)
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
