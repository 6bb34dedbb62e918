using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="LogisticRegression"/>.</summary>
public sealed record LogisticRegressionOptions : IModelOptions
{
    /// <summary>How the history's one-hot vectors become one; their sum is the multi-hot vector.</summary>
    public Pooling Pooling { get; init; } = Pooling.Sum;

    /// <summary>Whether to add a learned bias an item.</summary>
    public bool UseBias { get; init; } = true;

    void IModelOptions.Check(Problems problems, ScoreLayout layout)
    {
    }
}

/// <summary>
/// Logistic regression over all features, the history as multi-hot (McMahan et al., KDD 2013; the floor of Zhou et al., KDD 2018).
/// </summary>
/// <remarks>
/// The weight of a feature value is ⟨w, e⟩ of its trained embedding e: any weight for each value, and another for the same value in
/// the history, without a table beside those that every model has.
/// </remarks>
public sealed class LogisticRegression(ScoreLayout layout, LogisticRegressionOptions options) : IRankingModel
{
    public const string Name = "lr";

    /// <inheritdoc/>
    string IRankingModel.Name => Name;

    /// <inheritdoc/>
    public string OutputBias => FirstOrder.OutputBias;

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        var scoring = new Scoring<T>(ops, layout, inputs);
        T[] histories = [.. scoring.Histories.Select(h => h.Pool(options.Pooling))];
        T logits = scoring.FirstOrderLogits(scoring.AllFeatures(histories));
        return new(options.UseBias ? ops.Add(logits, inputs.CandidateBias) : logits);
    }
}
