using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>
/// Weighted crosses of a request's features with the candidate's, as in Wide &amp; Deep (Cheng et al., DLRS 2016). The weight of the cross
/// of two values is xᵀWy of their embeddings, which is a factorised table: it has a weight for pairs that were never seen together, and no
/// table of pairs is needed beside the graph.
/// </summary>
internal static class Crosses
{
    /// <summary>Adds the crosses of profile and context with each candidate to logits.</summary>
    /// <param name="scoring">The computation.</param>
    /// <param name="logits">[R, N, K].</param>
    public static T AddCrosses<T>(this Scoring<T> scoring, T logits)
    {
        (ITensorOps<T> ops, ScoreLayout layout) = (scoring.Ops, scoring.Layout);
        if (layout.ProfileWidth > 0)
        {
            logits = ops.Add(logits, scoring.Cross("profile", scoring.Inputs.Profile, layout.ProfileWidth));
        }

        return layout.ContextWidth > 0 ? ops.Add(logits, scoring.Cross("context", scoring.Inputs.Context, layout.ContextWidth)) : logits;
    }

    /// <summary>The weighted crosses of a vector with each candidate.</summary>
    /// <param name="scoring">The computation.</param>
    /// <param name="name">The name of the weights.</param>
    /// <param name="x">[R, width].</param>
    /// <param name="width">The width of x.</param>
    /// <returns>[R, N, K].</returns>
    public static T Cross<T>(this Scoring<T> scoring, string name, T x, int width)
    {
        ITensorOps<T> ops = scoring.Ops;
        int d = scoring.Layout.ItemWidth;
        T weight = ops.Parameter($"cross/{name}/weight", [width, scoring.Layout.TaskCount * d], Initializer.Glorot(width, d));
        T weights = ops.SplitLast(ops.MatMul(x, weight), d);
        return ops.MatMul(scoring.Inputs.Candidates, ops.TransposeLast(weights));
    }
}
