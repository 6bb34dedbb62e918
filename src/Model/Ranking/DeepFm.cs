using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="DeepFm"/>.</summary>
public sealed record DeepFmOptions : FieldOptions;

/// <summary>
/// DeepFM (Guo et al., IJCAI 2017): a factorisation machine, first order + Σ_{i&lt;k} ⟨f_i, f_k⟩, plus an MLP over the same
/// embeddings. The history enters as its mean. All tasks share the second order, and each task scales it.
/// </summary>
public sealed class DeepFm(ScoreLayout layout, DeepFmOptions options) : IRankingModel
{
    public const string Name = "deepfm";

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
        T scale = ops.Parameter("second/scale", [layout.TaskCount], Initializer.Constant(1));
        T second = ops.Mul(SecondOrder(ops, scoring.CutFields(histories, options.FieldWidth)), scale);
        T machine = ops.Add(scoring.FirstOrderLogits(parts), second);
        return new(ops.Add(machine, scoring.TopLogits(parts, options)));
    }

    /// <summary>Σ_{i&lt;k} ⟨f_i, f_k⟩ = ½ Σ [(Σ f)² − Σ f²] (Rendle, ICDM 2010).</summary>
    /// <returns>[R, N, 1].</returns>
    private static T SecondOrder<T>(ITensorOps<T> ops, Fields<T> fields)
    {
        T Total(Func<T, T> of) => ops.Add(
            ops.Sum(of(fields.Request), -2, keepAxis: false), ops.Sum(of(fields.Candidate), -2, keepAxis: false));
        T sum = Total(f => f);
        T squares = Total(f => ops.Mul(f, f));
        return ops.Mul(ops.Constant(0.5f), ops.Sum(ops.Sub(ops.Mul(sum, sum), squares), -1, keepAxis: true));
    }
}
