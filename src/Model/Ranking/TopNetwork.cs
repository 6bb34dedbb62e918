using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of a model with an MLP on top.</summary>
public abstract record TopNetworkOptions : IModelOptions
{
    /// <summary>Units of the top network's hidden layers, 1 to 8 of 1 to 4,096.</summary>
    public IReadOnlyList<int> TopUnits { get; init; } = [80, 40];

    /// <summary>Activation between layers.</summary>
    public Activation Activation { get; init; } = Activation.Dice;

    /// <summary>
    /// Whether the top network's hidden layers are batch-normalised before their activation: over a batch's candidates in training, by moving
    /// statistics in serving.
    /// </summary>
    public bool BatchNorm { get; init; }

    /// <summary>Of the top network, 0 to below 1.</summary>
    public float Dropout { get; init; }

    /// <summary>Whether to add a learned bias an item.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>What several tasks share: "sharedBottom", or "mmoe", for two tasks at least.</summary>
    public MultiTask MultiTask { get; init; } = MultiTask.SharedBottom;

    /// <summary>Experts of "mmoe", each an MLP of <see cref="TopUnits"/>; 2 to 16.</summary>
    public int Experts { get; init; } = 4;

    /// <summary>
    /// Whether to add weighted crosses of profile and context with the candidate to the logit, as wide-deep has them: a network over features
    /// side by side learns such products slowly.
    /// </summary>
    public bool Crosses { get; init; }

    void IModelOptions.Check(OptionRules rules, ScoreLayout layout)
    {
        rules.Units("topUnits", TopUnits);
        rules.Dropout("dropout", Dropout);
        rules.Require(Experts is >= 2 and <= 16, "experts must be 2 to 16");
        rules.Require(
            MultiTask != MultiTask.Mmoe || layout.TaskCount > 1, "multiTask mmoe needs two tasks at least: with one, there is nothing to share");
        CheckOwn(rules, layout);
    }

    /// <summary>Collects the broken rules of a model's own options.</summary>
    private protected virtual void CheckOwn(OptionRules rules, ScoreLayout layout)
    {
    }
}

/// <summary>The network on top of the pooled history, the candidate, the profile and the context.</summary>
internal static class TopNetwork
{
    private const string Name = "top";

    /// <summary>The parameter that is added to every logit of a task.</summary>
    public static string OutputBias(TopNetworkOptions options) =>
        options.MultiTask == MultiTask.Mmoe ? MixtureOfExperts.OutputBias(Name) : $"{Name}/logit/bias";

    /// <summary>MLP([u, v, u⊙v, profile, context, more]) + item bias.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="layout">Widths.</param>
    /// <param name="inputs">The candidates, profile and context.</param>
    /// <param name="interest">u, [R, N, d] or [R, 1, d].</param>
    /// <param name="options">Layer sizes and activation.</param>
    /// <param name="more">What a model adds.</param>
    /// <returns>[R, N, K] logits.</returns>
    public static T Logits<T>(
        ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs, T interest, TopNetworkOptions options, params ReadOnlySpan<Part<T>> more)
    {
        List<Part<T>> parts = Parts(ops, layout, inputs, interest);
        parts.Insert(2, new("product", ops.Mul(interest, inputs.Candidates), layout.ItemWidth));
        parts.AddRange(more);
        return Logits(ops, layout, inputs, parts, options);
    }

    /// <summary>[u, v, profile, context].</summary>
    public static List<Part<T>> Parts<T>(ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs, T interest) =>
    [
        new("interest", interest, layout.ItemWidth),
        new("candidate", inputs.Candidates, layout.ItemWidth),
        .. Profile(ops, layout, inputs),
        .. Context(ops, layout, inputs),
    ];

    /// <summary>The profile, [R, 1, p]; nothing where p is 0.</summary>
    public static Part<T>[] Profile<T>(ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs) =>
        layout.ProfileWidth > 0 ? [new("profile", ops.Unsqueeze(inputs.Profile, 1), layout.ProfileWidth)] : [];

    /// <summary>The context, [R, 1, c]; nothing where c is 0.</summary>
    public static Part<T>[] Context<T>(ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs) =>
        layout.ContextWidth > 0 ? [new("context", ops.Unsqueeze(inputs.Context, 1), layout.ContextWidth)] : [];

    /// <summary>MLP(parts) + item bias, or with experts in the MLP's place.</summary>
    /// <returns>[R, N, K] logits.</returns>
    public static T Logits<T>(
        ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs, IReadOnlyList<Part<T>> parts, TopNetworkOptions options)
    {
        T logits = options.MultiTask == MultiTask.Mmoe
            ? MixtureOfExperts.Logits(ops, Name, parts, layout.TaskCount, options, () => inputs.CandidateMask)
            : SharedBottom(ops, layout, parts, options, () => inputs.CandidateMask);
        logits = options.Crosses ? Crosses.Add(ops, layout, inputs, logits) : logits;
        return options.UseBias ? ops.Add(logits, inputs.CandidateBias) : logits;
    }

    private static T SharedBottom<T>(
        ITensorOps<T> ops, ScoreLayout layout, IReadOnlyList<Part<T>> parts, TopNetworkOptions options, Func<T> mask)
    {
        T x = Layers.Perceptron(ops, Name, parts, options.TopUnits, options.Activation, options.Dropout, mask, options.BatchNorm);
        return Layers.Linear(ops, $"{Name}/logit", x, options.TopUnits[^1], layout.TaskCount);
    }
}
