using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="LogisticRegression"/>.</summary>
public sealed record LogisticRegressionOptions : IModelOptions
{
    /// <summary>How the one-hot vectors of the history become one vector. Their sum is the multi-hot vector.</summary>
    public Pooling Pooling { get; init; } = Pooling.Sum;

    /// <summary>True to add the item bias, one learned number per item.</summary>
    public bool UseBias { get; init; } = true;

    void IModelOptions.Check(Problems problems, ScoreLayout layout)
    {
    }
}

/// <summary>
/// Logistic regression over all features, with the history as a multi-hot vector (McMahan et al., KDD 2013). It is the simplest model that
/// Zhou et al. (KDD 2018) compare with.
/// </summary>
/// <remarks>
/// The weight of a feature value is ⟨w, e⟩ of its trained embedding e. Each value can have any weight, and another one in the history, without
/// a table of its own.
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
