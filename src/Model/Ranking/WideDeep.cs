using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="WideDeep"/>.</summary>
public sealed record WideDeepOptions : TopNetworkOptions;

/// <summary>
/// Wide &amp; Deep (Cheng et al., DLRS 2016): logistic regression over raw and crossed features, and an MLP over all, added up. The
/// history enters as its mean. Crossed are the candidate's features with those of the history, the profile and the context.
/// </summary>
/// <remarks>
/// The weight of the cross of two values is xᵀWy of their embeddings, a factorised table: it is there for pairs never seen together
/// too, and no table of pairs has to live beside the graph.
/// </remarks>
public sealed class WideDeep(ScoreLayout layout, WideDeepOptions options) : IRankingModel
{
    public const string Name = "wide-deep";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        T history = History.Pool(ops, inputs, Pooling.Average);
        List<Part<T>> parts = TopNetwork.Parts(ops, layout, inputs, history);
        T wide = ops.Add(FirstOrder.Logits(ops, layout, parts), Cross(ops, "history", ops.Squeeze(history, 1), layout.ItemWidth, inputs));
        if (layout.ProfileWidth > 0)
        {
            wide = ops.Add(wide, Cross(ops, "profile", inputs.Profile, layout.ProfileWidth, inputs));
        }

        if (layout.ContextWidth > 0)
        {
            wide = ops.Add(wide, Cross(ops, "context", inputs.Context, layout.ContextWidth, inputs));
        }

        return new(ops.Add(wide, TopNetwork.Logits(ops, layout, inputs, parts, options)), default, HasAttention: false);
    }

    /// <param name="ops">The backend.</param>
    /// <param name="name">Names the weights.</param>
    /// <param name="x">[R, width].</param>
    /// <param name="width">Of x.</param>
    /// <param name="inputs">The candidates.</param>
    /// <returns>[R, N, K], the weighted crosses of x with each candidate.</returns>
    private T Cross<T>(ITensorOps<T> ops, string name, T x, int width, ScoreInputs<T> inputs)
    {
        int d = layout.ItemWidth;
        T weight = ops.Parameter($"cross/{name}/weight", [width, layout.TaskCount * d], Initializer.Glorot(width, d));
        T weights = ops.SplitLast(ops.MatMul(x, weight), d);
        return ops.MatMul(inputs.Candidates, ops.TransposeLast(weights));
    }
}
