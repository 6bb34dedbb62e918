using System.Numerics.Tensors;

namespace DinOrleans.Kernels.Processors;

/// <summary>The top network of DIN, which sees another interest vector for each candidate.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal sealed class FusedTop<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly int _width;
    private readonly bool _intensity;
    private readonly TopInput _input;
    private readonly PackedMatrix<TLanes, TVector> _weight;
    private readonly TopLayers<TLanes, TVector> _layers;

    /// <param name="form">The form of the version.</param>
    public FusedTop(FusedDinForm form)
    {
        _width = form.Layout.ItemWidth;
        _intensity = form.Options.Intensity;
        _input = new(form);
        _weight = new(_input.Weight, form.Options.TopUnits[0]);
        _layers = new(form);
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
        int interestStride = scratch.PackedBehaviours.Tiles.Stride;
        Span<float> top = scratch.Top.Room(rows * _input.Width);
        ReadOnlySpan<float> candidates = scratch.Candidates.Room(rows * _width);
        ReadOnlySpan<float> interests = scratch.Interest.Room(rows * interestStride);
        for (int n = 0; n < rows; n++)
        {
            Span<float> row = top.Slice(n * _input.Width, _input.Width);
            ReadOnlySpan<float> candidate = candidates.Slice(n * _width, _width);
            ReadOnlySpan<float> interest = interests.Slice(n * interestStride, _width);
            candidate.CopyTo(row);
            Span<float> to = row[_input.Interest(sequence)..];
            interest.CopyTo(to);
            TensorPrimitives.Multiply(interest, candidate, to[_width..]);
            if (_intensity)
            {
                to[2 * _width] = 0;
                for (int h = 0; h < history; h++)
                {
                    to[2 * _width] += attention[(h * stride) + n];
                }
            }
        }
    }

    /// <summary>Scores the candidates of a request.</summary>
    /// <param name="batch">The batch and the room for its scores.</param>
    /// <param name="request">The index of the request.</param>
    /// <param name="scratch">The buffers with the network's input.</param>
    /// <param name="rows">The number of candidates, a multiple of <see cref="Rows.PerTile"/>.</param>
    public void Score(in FusedBatch batch, int request, FusedScratch<TLanes, TVector> scratch, int rows)
    {
        _layers.StartBias(batch, request, scratch);
        _layers.Score(batch, request, scratch, new(scratch.Top.Room(rows * _input.Width), _input.Width), rows, _weight);
    }
}
