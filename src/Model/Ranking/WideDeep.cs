using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="WideDeep"/>.</summary>
public sealed record WideDeepOptions : TopNetworkOptions
{
    private protected override void CheckOwn(Problems problems, ScoreLayout layout) =>
        problems.Require(!Crosses, "crosses are part of wide-deep, not an option of it");
}

/// <summary>
/// Wide &amp; Deep (Cheng et al., DLRS 2016): logistic regression over raw and crossed features, plus an MLP over all features. The
/// history enters as its mean. The candidate's features are crossed with those of the history, the profile and the context.
/// </summary>
public sealed class WideDeep(ScoreLayout layout, WideDeepOptions options) : IRankingModel
{
    public const string Name = "wide-deep";

    /// <inheritdoc/>
    string IRankingModel.Name => Name;

    /// <inheritdoc/>
    public string OutputBias => TopNetwork.OutputBias(options);

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        var scoring = new Scoring<T>(ops, layout, inputs);
        T[] histories = [.. scoring.Histories.Select(h => h.Pool(Pooling.Average))];
        List<Part<T>> parts = scoring.AllFeatures(histories);
        T wide = scoring.FirstOrderLogits(parts);
        foreach ((History<T> history, T mean) in scoring.Histories.Zip(histories))
        {
            wide = ops.Add(wide, scoring.Cross($"history{history.Suffix}", ops.Squeeze(mean, 1), layout.ItemWidth));
        }

        wide = scoring.AddCrosses(wide);
        return new(ops.Add(wide, scoring.TopLogits(parts, options)));
    }
}
