using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="Afm"/>.</summary>
public sealed record AfmOptions : IModelOptions
{
    /// <summary>
    /// The width of the fields that are multiplied with each other, 1 to 512. A field of another width is projected to it. A field of items has
    /// the same projection in the history and in the candidate.
    /// </summary>
    public int FieldWidth { get; init; } = 16;

    /// <summary>The number of units of the attention network, 1 to 512.</summary>
    public int AttentionWidth { get; init; } = 16;

    /// <summary>The dropout rate of the pooled products, 0 to below 1.</summary>
    public float Dropout { get; init; }

    /// <summary>True to add the item bias, one learned number per item.</summary>
    public bool UseBias { get; init; } = true;

    void IModelOptions.Check(Problems problems, ScoreLayout layout)
    {
        problems.RequireWidth("fieldWidth", FieldWidth, Fields.MaxWidth);
        problems.RequireWidth("attentionWidth", AttentionWidth, Fields.MaxWidth);
        problems.RequireRate("dropout", Dropout);
    }
}

/// <summary>
/// Attentional factorisation machine (Xiao et al., IJCAI 2017): first order + pᵀ Σ_{i&lt;k} a_ik (f_i ⊙ f_k) with
/// a_ik = softmax of hᵀ ReLU(W (f_i ⊙ f_k) + b) over the pairs of fields. The history enters as its mean.
/// </summary>
public sealed class Afm(ScoreLayout layout, AfmOptions options) : IRankingModel
{
    public const string Name = "afm";

    /// <inheritdoc/>
    string IRankingModel.Name => Name;

    /// <inheritdoc/>
    public string OutputBias => FirstOrder.OutputBias;

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        var scoring = new Scoring<T>(ops, layout, inputs);
        T[] histories = [.. scoring.Histories.Select(h => h.Pool(Pooling.Average))];
        T first = scoring.FirstOrderLogits(scoring.AllFeatures(histories));
        Fields<T> fields = scoring.CutFields(histories, options.FieldWidth);
        T pooled = ops.Dropout(PooledPairs(ops, fields), options.Dropout);

        // Attention starts alike for all pairs. With this p, the model therefore starts as the factorisation machine that it refines,
        // Σ ⟨f_i, f_k⟩. With random signs, the products of embeddings that start small would have nothing to agree on.
        int count = fields.RequestCount + fields.CandidateCount;
        T weight = ops.Parameter("pairs/logit/weight", [options.FieldWidth, layout.TaskCount], Initializer.Constant(count * (count - 1) / 2f));
        T logits = ops.Add(first, ops.MatMul(pooled, weight));
        return new(options.UseBias ? ops.Add(logits, inputs.CandidateBias) : logits);
    }

    /// <returns>[R, N, k], the sum of the pairs, weighted by attention.</returns>
    private T PooledPairs<T>(ITensorOps<T> ops, Fields<T> fields)
    {
        T pairs = Stack(ops, [.. Across(ops, fields), .. Within(ops, fields.Candidate, fields.CandidateCount)]);
        T scores = PairScores(ops, pairs);
        if (fields.RequestCount == 1)
        {
            return Pool(ops, ops.Softmax(scores), pairs);
        }

        // The pairs within the request are computed and scored once; only the softmax differs by candidate.
        T requestPairs = Stack(ops, Within(ops, fields.Request, fields.RequestCount));
        T requestScores = ops.Add(PairScores(ops, requestPairs), ops.ZerosLike(ops.Slice(scores, -1, 0, 1)));
        T weights = ops.Softmax(ops.Concat([requestScores, scores]));
        int requests = fields.RequestCount * (fields.RequestCount - 1) / 2;
        return ops.Add(
            ops.MatMul(ops.Slice(weights, -1, 0, requests), ops.Squeeze(requestPairs, 1)),
            Pool(ops, ops.Slice(weights, -1, requests, int.MaxValue), pairs));
    }

    /// <returns>[…, pairs].</returns>
    private T PairScores<T>(ITensorOps<T> ops, T pairs)
    {
        T hidden = ops.Relu(ops.Linear("pairs/attention", pairs, options.FieldWidth, options.AttentionWidth));
        return ops.Squeeze(ops.Project("pairs/score", hidden, options.AttentionWidth, 1), -1);
    }

    private T Stack<T>(ITensorOps<T> ops, IEnumerable<T> products) =>
        ops.SplitLast(ops.Concat([.. products.Select(ops.MergeLast)]), options.FieldWidth);

    private static T Pool<T>(ITensorOps<T> ops, T weights, T pairs) => ops.Squeeze(ops.MatMul(ops.Unsqueeze(weights, -2), pairs), -2);

    private static IEnumerable<T> Across<T>(ITensorOps<T> ops, Fields<T> fields) =>
        Enumerable.Range(0, fields.RequestCount).Select(i => ops.Mul(ops.Slice(fields.Request, -2, i, i + 1), fields.Candidate));

    private static IEnumerable<T> Within<T>(ITensorOps<T> ops, T fields, int count) => Enumerable.Range(0, count - 1)
        .Select(i => ops.Mul(ops.Slice(fields, -2, i, i + 1), ops.Slice(fields, -2, i + 1, int.MaxValue)));
}
