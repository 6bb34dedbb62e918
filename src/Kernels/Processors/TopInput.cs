namespace DinOrleans.Kernels.Processors;

/// <summary>
/// Where the parts of the top network's input lie in a row: v, then for each sequence u, u⊙v and Σa. Profile and context are not in it, because they are
/// the same for all candidates of a request.
/// </summary>
internal sealed class TopInput
{
    private readonly int _width;
    private readonly bool _intensity;

    /// <param name="form">The form of the version.</param>
    public TopInput(FusedDinForm form)
    {
        _width = form.Layout.ItemWidth;
        _intensity = form.Options.Intensity;
        Weight =
        [
            .. form.TopPart("candidate"),
            .. form.Suffixes.SelectMany(s => (float[])[.. form.TopPart($"interest{s}"), .. form.TopPart($"product{s}"), .. form.TopPart($"intensity{s}")]),
        ];
        Width = _width + (form.Suffixes.Count * OfSequence);
    }

    /// <summary>The weight of the first layer over a row, [<see cref="Width"/>, units].</summary>
    public float[] Weight { get; }

    /// <summary>The width of a row, in floats.</summary>
    public int Width { get; }

    private int OfSequence => (2 * _width) + (_intensity ? 1 : 0);

    /// <summary>The place of a sequence's u in a row. u⊙v and Σa come after it.</summary>
    /// <param name="sequence">0 for the main sequence, then the others.</param>
    public int Interest(int sequence) => _width + (sequence * OfSequence);
}
