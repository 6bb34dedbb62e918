using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels;

/// <summary>The form of the base model, which pools behaviours without looking at the candidate.</summary>
public sealed record FusedBaseForm : FusedTopForm
{
    /// <param name="layout">The widths of the vectors that the model scores.</param>
    /// <param name="options">The model's options.</param>
    /// <param name="parameters">The trained values by name.</param>
    public FusedBaseForm(ScoreLayout layout, BaseModelOptions options, IReadOnlyDictionary<string, ParameterValue> parameters)
        : base(layout, options, parameters) => Options = options;

    /// <summary>The model's options.</summary>
    public BaseModelOptions Options { get; }

    /// <inheritdoc/>
    public override bool HasAttention => false;
}
