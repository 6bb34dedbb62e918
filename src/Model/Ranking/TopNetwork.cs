using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of a model with a multi-layer perceptron on top.</summary>
public abstract record TopNetworkOptions : IModelOptions
{
    /// <summary>The units of the top network's hidden layers: 1 to 8 layers of 1 to 4,096 units.</summary>
    public IReadOnlyList<int> TopUnits { get; init; } = [80, 40];

    /// <summary>The activation function between layers.</summary>
    public Activation Activation { get; init; } = Activation.Dice;

    /// <summary>
    /// True to batch-normalise the top network's hidden layers before their activation: over a batch's candidates in training, by moving
    /// statistics in serving.
    /// </summary>
    public bool BatchNorm { get; init; }

    /// <summary>The dropout rate of the top network, 0 to below 1.</summary>
    public float Dropout { get; init; }

    /// <summary>True to add the item bias, one learned number per item.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>What several tasks share: "sharedBottom", or "mmoe", which needs at least two tasks.</summary>
    public MultiTask MultiTask { get; init; } = MultiTask.SharedBottom;

    /// <summary>The number of experts of "mmoe", 2 to 16. Each is a multi-layer perceptron of <see cref="TopUnits"/>.</summary>
    public int Experts { get; init; } = 4;

    /// <summary>
    /// True to add weighted crosses of profile and context with the candidate to the logit, as wide-deep has them: a network over features
    /// side by side learns such products slowly.
    /// </summary>
    public bool Crosses { get; init; }

    /// <summary>The hidden layers of the top network, or of each expert.</summary>
    internal HiddenLayers Hidden => new(TopUnits, Activation, Dropout, BatchNorm);

    void IModelOptions.Check(Problems problems, ScoreLayout layout)
    {
        problems.RequireUnits("topUnits", TopUnits);
        problems.RequireRate("dropout", Dropout);
        problems.Require(Experts is >= 2 and <= 16, "experts must be 2 to 16");
        problems.Require(
            MultiTask != MultiTask.Mmoe || layout.TaskCount > 1, "multiTask mmoe needs two tasks at least: with one, there is nothing to share");
        CheckOwn(problems, layout);
    }

    /// <summary>Collects the broken rules of a model's own options.</summary>
    private protected virtual void CheckOwn(Problems problems, ScoreLayout layout)
    {
    }
}

/// <summary>The network over the interest, the candidate, the profile and the context.</summary>
internal static class TopNetwork
{
    private const string Name = "top";

    /// <summary>The name of the parameter that is added to every logit of a task.</summary>
    public static string OutputBias(TopNetworkOptions options) =>
        options.MultiTask == MultiTask.Mmoe ? MixtureOfExperts.OutputBias(Name) : $"{Name}/logit/bias";

    /// <summary>MLP(parts), or a mixture of experts in its place, + crosses + item bias, as far as the options ask for them.</summary>
    /// <returns>[R, N, K] logits.</returns>
    public static T TopLogits<T>(this Scoring<T> scoring, IReadOnlyList<Part<T>> parts, TopNetworkOptions options)
    {
        T logits = options.MultiTask == MultiTask.Mmoe
            ? scoring.ExpertLogits(Name, parts, options)
            : scoring.SharedBottomLogits(parts, options);
        logits = options.Crosses ? scoring.AddCrosses(logits) : logits;
        return options.UseBias ? scoring.Ops.Add(logits, scoring.Inputs.CandidateBias) : logits;
    }

    private static T SharedBottomLogits<T>(this Scoring<T> scoring, IReadOnlyList<Part<T>> parts, TopNetworkOptions options)
    {
        T x = scoring.Ops.Perceptron(Name, parts, options.Hidden, () => scoring.Inputs.CandidateMask);
        return scoring.Ops.Linear($"{Name}/logit", x, options.TopUnits[^1], scoring.Layout.TaskCount);
    }
}
