using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels.Cuda;

/// <summary>The sizes for which <c>din.cu</c> is compiled.</summary>
/// <param name="ItemWidth">d.</param>
/// <param name="First">Units of the activation unit's first hidden layer.</param>
/// <param name="Second">Units of its second hidden layer.</param>
/// <param name="Widest">Units of the top network's widest layer.</param>
/// <param name="Half">True for products in one pass of float16.</param>
internal readonly record struct DinSizes(int ItemWidth, int First, int Second, int Widest, bool Half)
{
    /// <summary>Threads per block of the activation unit: WARPS warps.</summary>
    public const int UnitThreads = 32 * 4;

    /// <summary>Threads per block of the top network.</summary>
    public const int TopThreads = 128;

    /// <summary>Candidates or behaviours per block: ROWS.</summary>
    public const int Rows = 16;

    /// <summary>Shared memory that every device of compute capability 8.0 or later gives a block, bytes.</summary>
    private const int MaxSharedBytes = 96 * 1024;

    private const int MaxItemWidth = 128;
    private const int MaxFirst = 128;
    private const int MaxSecond = 64;
    private const int Chunk = 64;

    /// <summary>The first layer's units, padded to whole k-steps of the second: WIDTH1.</summary>
    public int PaddedFirst => Padded(First, 16);

    /// <summary>The second layer's units, padded to whole tiles: WIDTH2.</summary>
    public int PaddedSecond => Padded(Second, 8);

    /// <summary>K-steps of the first layer: KSTEPS.</summary>
    public int Steps => Padded(ItemWidth, 16) / 16;

    /// <summary>Bytes of one fragment of weights.</summary>
    public int FragmentBytes => Half ? 8 : 16;

    /// <summary>Bytes of the first layer's fragments.</summary>
    public int FirstFragments => Steps * (PaddedFirst / 8) * 32 * FragmentBytes;

    /// <summary>Bytes of the second layer's fragments.</summary>
    public int SecondFragments => PaddedFirst / 16 * (PaddedSecond / 8) * 32 * FragmentBytes;

    /// <summary>Threads per block of the terms: each makes two units.</summary>
    public int TermThreads => Padded(PaddedFirst / 2, 32);

    /// <summary>Finds the sizes for a form.</summary>
    /// <param name="form">The form of a version.</param>
    /// <param name="half">True for products in one pass of float16.</param>
    /// <returns>Null if the form is too large for the kernels, or has crosses or several sequences, which they do not know.</returns>
    public static DinSizes? TryFit(FusedDinForm form, bool half)
    {
        if (form.Options.Crosses || form.Layout.Sequences.Count > 0)
        {
            return null;
        }

        if (form.Options.AttentionUnits is not [int first and <= MaxFirst, int second and <= MaxSecond] || form.Layout.ItemWidth > MaxItemWidth)
        {
            return null;
        }

        var sizes = new DinSizes(form.Layout.ItemWidth, first, second, form.Options.TopUnits.Max(), half);
        return sizes.UnitShared(form.Options) <= MaxSharedBytes && sizes.TopShared <= MaxSharedBytes ? sizes : null;
    }

    /// <summary>Shared memory of the activation unit's blocks, bytes.</summary>
    /// <param name="options">The model's options.</param>
    public int UnitShared(DinOptions options) =>
        (HasProduct(options) ? FirstFragments : 0) + SecondFragments
        + (sizeof(float) * ((3 * PaddedFirst) + (5 * PaddedSecond) + (Rows * (PaddedFirst + 8))));

    /// <summary>Shared memory of the top network's blocks, bytes.</summary>
    public int TopShared => sizeof(float) * Rows * (Chunk + Math.Max((3 * ItemWidth) + 1, Widest) + Widest + 1);

    /// <summary>True if the activation unit sees e⊙v.</summary>
    /// <param name="options">The model's options.</param>
    public static bool HasProduct(DinOptions options) => options.Interaction is Interaction.Product or Interaction.Both;

    /// <summary>The macros of <c>din.cu</c>, and the architecture.</summary>
    /// <param name="options">The model's options.</param>
    /// <param name="capability">The device's compute capability times ten.</param>
    public string[] CompilerOptions(DinOptions options, int capability) =>
    [
        $"--gpu-architecture=sm_{capability}",
        "--std=c++17",
        $"-DD={ItemWidth}",
        $"-DU1={First}",
        $"-DU2={Second}",
        $"-DACTIVATION={(int)options.Activation}",
        $"-DPRODUCT={Flag(HasProduct(options))}",
        $"-DSOFTMAX={Flag(options.Complete().Softmax == true)}",
        $"-DINTENSITY={Flag(options.Intensity)}",
        $"-DHALF={Flag(Half)}",
    ];

    private static int Flag(bool on) => on ? 1 : 0;

    private static int Padded(int count, int multiple) => (count + multiple - 1) / multiple * multiple;
}
