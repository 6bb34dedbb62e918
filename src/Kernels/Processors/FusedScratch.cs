namespace DinOrleans.Kernels.Processors;

/// <summary>The buffers of one run. They grow to the size of the largest request and are kept.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
/// <param name="units">The units of the layer whose weight is made anew for each behaviour or request.</param>
/// <param name="width">d, the width of an item vector.</param>
internal sealed class FusedScratch<TLanes, TVector>(int units, int width)
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>The candidates, [N, d], with rows up to whole tiles.</summary>
    public AlignedFloats Candidates { get; } = new();

    /// <summary>The behaviours of a sequence, [H, d], with rows up to whole tiles.</summary>
    public AlignedFloats Behaviours { get; } = new();

    /// <summary>The behaviours of a sequence as a right factor, [H, d].</summary>
    public PackedMatrix<TLanes, TVector> PackedBehaviours { get; } = new(width);

    /// <summary>The term of each behaviour alone, [H, units].</summary>
    public AlignedFloats BehaviourTerms { get; } = new();

    /// <summary>The weight for the current behaviour or request, [inputs, units].</summary>
    public PackedMatrix<TLanes, TVector> PairWeight { get; } = new(units);

    /// <summary>The attention weights, [H, N], with N up to whole vectors.</summary>
    public AlignedFloats Attention { get; } = new();

    /// <summary>The interest vectors of a sequence, [N, d].</summary>
    public AlignedFloats Interest { get; } = new();

    /// <summary>The input of the top network, [N, inputs].</summary>
    public AlignedFloats Top { get; } = new();

    /// <summary>The bias of the first top layer, plus the terms of profile and context.</summary>
    public AlignedFloats TopBias { get; } = new();

    /// <summary>The output of the top network, [N, K].</summary>
    public AlignedFloats Logits { get; } = new();

    /// <summary>What the behaviours of a sequence, or a user, have been made into: one vector per sequence or task.</summary>
    public AlignedFloats Pooled { get; } = new();

    /// <summary>The weights of the crosses, [K, d].</summary>
    public AlignedFloats Crosses { get; } = new();

    /// <summary>The output of every other layer.</summary>
    public AlignedFloats First { get; } = new();

    /// <summary>The output of the layers in between.</summary>
    public AlignedFloats Second { get; } = new();

    /// <summary>Zeros, the bias of a layer that has none.</summary>
    public AlignedFloats Zero { get; } = new();
}
