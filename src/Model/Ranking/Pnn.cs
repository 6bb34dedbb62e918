using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="Pnn"/>.</summary>
public sealed record PnnOptions : FieldOptions;

/// <summary>
/// Product-based neural network with inner products (Qu et al., ICDM 2016): an MLP over all features z and the products
/// p_ik = ⟨f_i, f_k⟩ of the fields. The history enters as its mean.
/// </summary>
public sealed class Pnn(ScoreLayout layout, PnnOptions options) : IRankingModel
{
    public const string Name = "pnn";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public string OutputBias => TopNetwork.OutputBias(options);

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        T history = History.Pool(ops, inputs, Pooling.Average);
        List<(string Name, T Made)> others = Sequences.Pooled(ops, layout, inputs, Pooling.Average);
        Fields<T> fields = Fields.Of(ops, layout, inputs, [history, .. others.Select(o => o.Made)], options.FieldWidth);
        int m = fields.RequestCount;
        int n = fields.CandidateCount;
        List<Part<T>> parts =
        [
            .. TopNetwork.Parts(ops, layout, inputs, history),
            .. Sequences.Parts(layout, others),
            new("products/request", Products(ops, fields.Request, fields.Request), m * m),
            new("products/both", Products(ops, fields.Request, fields.Candidate), m * n),
            new("products/candidate", Products(ops, fields.Candidate, fields.Candidate), n * n),
        ];
        return new(TopNetwork.Logits(ops, layout, inputs, parts, options), default, HasAttention: false);
    }

    private static T Products<T>(ITensorOps<T> ops, T left, T right) => ops.MergeLast(ops.MatMul(left, ops.TransposeLast(right)));
}
