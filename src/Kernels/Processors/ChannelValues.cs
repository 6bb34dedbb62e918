namespace DinOrleans.Kernels.Processors;

/// <summary>What an activation function learned, one number per channel, with zeros up to whole vectors.</summary>
internal sealed class ChannelValues
{
    private readonly AlignedFloats _scale;
    private readonly AlignedFloats _shift;
    private readonly AlignedFloats _slope;

    /// <param name="values">The values.</param>
    /// <param name="stride">The width of a row, in floats.</param>
    /// <param name="factor">What scale and shift are multiplied by.</param>
    public ChannelValues(ActivationValues values, int stride, float factor)
    {
        Stride = stride;
        _scale = AlignedFloats.Of([.. values.Scale.Select(s => factor * s), .. new float[stride - values.Scale.Length]]);
        _shift = AlignedFloats.Of([.. values.Shift.Select(s => factor * s), .. new float[stride - values.Shift.Length]]);
        _slope = AlignedFloats.Of([.. values.Slope, .. new float[stride - values.Slope.Length]]);
    }

    /// <summary>The width of a row, in floats.</summary>
    public int Stride { get; }

    /// <summary>[stride].</summary>
    public Span<float> Scale => _scale.Room(Stride);

    /// <summary>[stride].</summary>
    public Span<float> Shift => _shift.Room(Stride);

    /// <summary>[stride].</summary>
    public Span<float> Slope => _slope.Room(Stride);
}
