using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>
/// Weighted crosses of a request's features with the candidate's, as in Wide &amp; Deep (Cheng et al., DLRS 2016): the weight of the cross of
/// two values is xᵀWy of their embeddings, a factorised table. It is there for pairs never seen together too, and no table of pairs has to
/// live beside the graph.
/// </summary>
internal static class Crosses
{
    /// <summary>Of profile and context with each candidate, added to logits.</summary>
    public static T Add<T>(ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs, T logits)
    {
        if (layout.ProfileWidth > 0)
        {
            logits = ops.Add(logits, Of(ops, "profile", inputs.Profile, layout.ProfileWidth, layout, inputs));
        }

        return layout.ContextWidth > 0 ? ops.Add(logits, Of(ops, "context", inputs.Context, layout.ContextWidth, layout, inputs)) : logits;
    }

    /// <param name="ops">The backend.</param>
    /// <param name="name">Names the weights.</param>
    /// <param name="x">[R, width].</param>
    /// <param name="width">Of x.</param>
    /// <param name="layout">Widths.</param>
    /// <param name="inputs">The candidates.</param>
    /// <returns>[R, N, K], the weighted crosses of x with each candidate.</returns>
    public static T Of<T>(ITensorOps<T> ops, string name, T x, int width, ScoreLayout layout, ScoreInputs<T> inputs)
    {
        int d = layout.ItemWidth;
        T weight = ops.Parameter($"cross/{name}/weight", [width, layout.TaskCount * d], Initializer.Glorot(width, d));
        T weights = ops.SplitLast(ops.MatMul(x, weight), d);
        return ops.MatMul(inputs.Candidates, ops.TransposeLast(weights));
    }
}
