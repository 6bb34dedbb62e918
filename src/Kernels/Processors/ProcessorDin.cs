using System.Collections.Concurrent;
using System.Numerics.Tensors;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels.Processors;

/// <summary>
/// Scores <see cref="Din"/> on processors in one pass per behaviour, with vectors of 512 bits. The scores equal those of the ONNX graph to 1e-4.
/// Padding costs nothing, because the kernel works on the behaviours and candidates that each request has.
/// </summary>
public sealed class ProcessorDin : IDinKernel
{
    private readonly ScoreLayout _layout;
    private readonly FusedActivationUnit _unit;
    private readonly bool _intensity;
    private readonly DenseLayer _top;
    private readonly float[] _profileWeight;
    private readonly float[] _contextWeight;
    private readonly Perceptron _rest;
    private readonly bool _useBias;
    private readonly ConcurrentBag<FusedScratch> _scratch = [];

    /// <param name="form">The form of the version.</param>
    public ProcessorDin(FusedDinForm form)
    {
        DinOptions options = form.Options;
        _layout = form.Layout;
        _unit = new(form.Parameters, _layout.ItemWidth, options);
        _intensity = options.Intensity;
        _top = new(form.TopWeight(), form.Values("top/0/bias"), options.TopUnits[0]);
        _profileWeight = form.TopPart("profile");
        _contextWeight = form.TopPart("context");
        _rest = new(form.Parameters, "top", options.TopUnits, options.Activation, "top/logit");
        _useBias = options.UseBias;
    }

    /// <inheritdoc/>
    public void Score(in DinBatch batch)
    {
        if (!_scratch.TryTake(out FusedScratch? scratch))
        {
            scratch = new();
        }

        for (int r = 0; r < batch.Requests; r++)
        {
            Score(batch, r, scratch);
        }

        _scratch.Add(scratch);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Score(in DinBatch batch, int request, FusedScratch scratch)
    {
        int d = _layout.ItemWidth;
        int history = batch.HistoryLengths[request];
        int count = batch.CandidateCounts[request];
        int rows = MatrixProduct.PaddedRows(count);
        ReadOnlySpan<float> behaviours = batch.Behaviours.Slice(request * batch.HistoryLength * d, history * d);
        Span<float> candidates = FusedScratch.Room(ref scratch.Candidates, rows * d);
        batch.Candidates.Slice(request * batch.CandidateCount * d, count * d).CopyTo(candidates);
        candidates[(count * d)..].Clear();

        _unit.Run(scratch, behaviours, history, rows);
        int interestStride = Pool(scratch, behaviours, history, rows);
        int width = _top.Inputs;
        Span<float> top = FusedScratch.Room(ref scratch.Top, rows * width);
        for (int n = 0; n < rows; n++)
        {
            Span<float> row = top.Slice(n * width, width);
            ReadOnlySpan<float> interest = scratch.Interest.AsSpan(n * interestStride, d);
            ReadOnlySpan<float> candidate = candidates.Slice(n * d, d);
            interest.CopyTo(row);
            candidate.CopyTo(row[d..]);
            TensorPrimitives.Multiply(interest, candidate, row[(2 * d)..]);
            if (_intensity)
            {
                row[^1] = TensorPrimitives.Sum<float>(scratch.Attention.AsSpan(n * history, history));
            }
        }

        Span<float> first = FusedScratch.Room(ref scratch.First, rows * Math.Max(_top.Stride, _rest.Stride));
        Span<float> second = FusedScratch.Room(ref scratch.Second, rows * Math.Max(_top.Stride, _rest.Stride));
        MatrixProduct.Run(top, width, rows, width, _top.Weight, TopBias(batch, request, scratch), _top.Stride, _top.Outputs, first);
        Write(batch, request, count, _rest.Run(first, _top.Stride, second, rows));
        if (!batch.Attention.IsEmpty)
        {
            for (int n = 0; n < count; n++)
            {
                scratch.Attention.AsSpan(n * history, history).CopyTo(batch.Attention[(((request * batch.CandidateCount) + n) * batch.HistoryLength)..]);
            }
        }
    }

    /// <summary>Σ_j a(e_j, v)·e_j for each candidate.</summary>
    /// <returns>The width of a row, in floats.</returns>
    private int Pool(FusedScratch scratch, ReadOnlySpan<float> behaviours, int history, int rows)
    {
        int d = _layout.ItemWidth;
        int stride = MatrixProduct.Stride(d);
        Span<float> interest = FusedScratch.Room(ref scratch.Interest, rows * stride);
        if (history == 0)
        {
            interest.Clear();
            return stride;
        }

        Span<float> zero = FusedScratch.Room(ref scratch.TopBias, stride);
        zero.Clear();
        Span<float> padded = FusedScratch.Room(ref scratch.Behaviours, history * stride);
        padded.Clear();
        for (int h = 0; h < history; h++)
        {
            behaviours.Slice(h * d, d).CopyTo(padded[(h * stride)..]);
        }

        MatrixProduct.Run(scratch.Attention, history, rows, history, padded, zero, stride, d, interest);
        return stride;
    }

    private Span<float> TopBias(in DinBatch batch, int request, FusedScratch scratch)
    {
        Span<float> bias = FusedScratch.Room(ref scratch.TopBias, _top.Stride);
        _top.Bias.CopyTo(bias);
        MatrixProduct.AddRow(batch.Profile.Slice(request * _layout.ProfileWidth, _layout.ProfileWidth), _profileWeight, bias[.._top.Outputs]);
        MatrixProduct.AddRow(batch.Context.Slice(request * _layout.ContextWidth, _layout.ContextWidth), _contextWeight, bias[.._top.Outputs]);
        return bias;
    }

    private void Write(in DinBatch batch, int request, int count, ReadOnlySpan<float> logits)
    {
        int tasks = _layout.TaskCount;
        for (int n = 0; n < count; n++)
        {
            int row = (request * batch.CandidateCount) + n;
            float bias = _useBias ? batch.CandidateBias[row] : 0;
            for (int k = 0; k < tasks; k++)
            {
                batch.Scores[(row * tasks) + k] = 1 / (1 + MathF.Exp(-(logits[(n * _rest.LastStride) + k] + bias)));
            }
        }
    }
}
