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
    string IRankingModel.Name => Name;

    /// <inheritdoc/>
    public string OutputBias => TopNetwork.OutputBias(options);

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        var scoring = new Scoring<T>(ops, layout, inputs);
        T[] histories = [.. scoring.Histories.Select(h => h.Pool(Pooling.Average))];
        Fields<T> fields = scoring.CutFields(histories, options.FieldWidth);
        int m = fields.RequestCount;
        int n = fields.CandidateCount;
        List<Part<T>> parts =
        [
            .. scoring.AllFeatures(histories),
            new("products/request", Products(ops, fields.Request, fields.Request), m * m),
            new("products/both", Products(ops, fields.Request, fields.Candidate), m * n),
            new("products/candidate", Products(ops, fields.Candidate, fields.Candidate), n * n),
        ];
        return new(scoring.TopLogits(parts, options));
    }

    private static T Products<T>(ITensorOps<T> ops, T left, T right) => ops.MergeLast(ops.MatMul(left, ops.TransposeLast(right)));
}
