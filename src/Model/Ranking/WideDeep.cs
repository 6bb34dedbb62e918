using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="WideDeep"/>.</summary>
public sealed record WideDeepOptions : TopNetworkOptions
{
    private protected override void CheckOwn(OptionRules rules, ScoreLayout layout) =>
        rules.Require(!Crosses, "crosses are part of wide-deep, and no option of it");
}

/// <summary>
/// Wide &amp; Deep (Cheng et al., DLRS 2016): logistic regression over raw and crossed features, and an MLP over all, added up. The
/// history enters as its mean. Crossed are the candidate's features with those of the history, the profile and the context.
/// </summary>
public sealed class WideDeep(ScoreLayout layout, WideDeepOptions options) : IRankingModel
{
    public const string Name = "wide-deep";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public string OutputBias => TopNetwork.OutputBias(options);

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        T history = History.Pool(ops, inputs, Pooling.Average);
        List<Part<T>> parts = TopNetwork.Parts(ops, layout, inputs, history);
        List<(string Name, T Made)> others = Sequences.Pooled(ops, layout, inputs, Pooling.Average);
        parts.AddRange(Sequences.Parts(layout, others));
        T wide = ops.Add(
            FirstOrder.Logits(ops, layout, parts), Crosses.Of(ops, "history", ops.Squeeze(history, 1), layout.ItemWidth, layout, inputs));
        foreach ((string name, T pooled) in others)
        {
            wide = ops.Add(wide, Crosses.Of(ops, $"history_{name}", ops.Squeeze(pooled, 1), layout.ItemWidth, layout, inputs));
        }

        wide = Crosses.Add(ops, layout, inputs, wide);
        return new(ops.Add(wide, TopNetwork.Logits(ops, layout, inputs, parts, options)), default, HasAttention: false);
    }
}
