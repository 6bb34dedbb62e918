using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels;

/// <summary>The form of a model with a multi-layer perceptron on top, which all tasks share.</summary>
public abstract record FusedTopForm : FusedForm
{
    /// <param name="layout">The widths of the vectors that the model scores.</param>
    /// <param name="top">The options of the top network.</param>
    /// <param name="parameters">The trained values by name. Batch normalisation becomes part of the layer before it.</param>
    private protected FusedTopForm(ScoreLayout layout, TopNetworkOptions top, IReadOnlyDictionary<string, ParameterValue> parameters)
        : base(layout, top.BatchNorm ? FoldedBatchNorm.Fold(parameters, "top", top.TopUnits.Count) : parameters) => Top = top;

    /// <summary>The options of the top network.</summary>
    public TopNetworkOptions Top { get; }

    /// <summary>The weight of one part of the top network's input.</summary>
    /// <param name="part">The part's name, for example "profile".</param>
    /// <returns>[width of the part, units]; empty if the model does not see it.</returns>
    public float[] TopPart(string part) => Values($"top/0/{part}/weight");
}
