using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels;

/// <summary>The form of two towers.</summary>
public sealed record FusedTowerForm : FusedForm
{
    /// <param name="layout">The widths of the vectors that the model scores.</param>
    /// <param name="options">The model's options.</param>
    /// <param name="parameters">The trained values by name.</param>
    public FusedTowerForm(ScoreLayout layout, TwoTowerOptions options, IReadOnlyDictionary<string, ParameterValue> parameters)
        : base(layout, parameters) => Options = options;

    /// <summary>The model's options.</summary>
    public TwoTowerOptions Options { get; }

    /// <inheritdoc/>
    public override bool HasAttention => false;
}
