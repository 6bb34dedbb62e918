using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels;

/// <summary>The form of DIN with the activation unit.</summary>
public sealed record FusedDinForm : FusedTopForm
{
    /// <param name="layout">The widths of the vectors that the model scores.</param>
    /// <param name="options">The model's options.</param>
    /// <param name="parameters">The trained values by name.</param>
    public FusedDinForm(ScoreLayout layout, DinOptions options, IReadOnlyDictionary<string, ParameterValue> parameters)
        : base(layout, options, parameters) => Options = options;

    /// <summary>The model's options.</summary>
    public DinOptions Options { get; }

    /// <inheritdoc/>
    public override bool HasAttention => true;

    /// <summary>The weight of the top network's first layer over [u, v, u⊙v, Σa] of the main sequence, as far as the model sees them.</summary>
    /// <returns>[inputs, units].</returns>
    public float[] TopWeight() => [.. TopPart("interest"), .. TopPart("candidate"), .. TopPart("product"), .. TopPart("intensity")];

    /// <summary>Says which option of the attention no kernel knows. Null if all are known.</summary>
    internal static string? Unknown(DinOptions options) => options switch
    {
        { Attention: not AttentionKind.Unit } => $"The option attention is {Spelled(options.Attention)}, and the fused kernels weigh behaviours by the activation unit only.",
        { Interaction: Interaction.Outer } => "The option interaction is outer, and the fused kernels do not compute outer products.",
        _ => null,
    };
}
