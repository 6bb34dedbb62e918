using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>What several tasks share.</summary>
public enum MultiTask
{
    /// <summary>All hidden layers. Each task has a linear tower on them.</summary>
    SharedBottom,

    /// <summary>Experts, which each task mixes by its own gate (MMoE).</summary>
    Mmoe,
}

/// <summary>
/// Multi-gate mixture of experts (Ma et al., KDD 2018, eq. 6 and 7): with n experts f_i and task k's gate g^k,
/// y_k = h^k(Σ_i g^k(x)_i · f_i(x)), g^k(x) = softmax(W_gk·x + b_gk). The experts are MLPs, the towers h^k linear. The gates' bias, which
/// the paper leaves out, is the task's standing preference for an expert.
/// </summary>
/// <remarks>Options with one task are refused: a single gate has nothing to mix differently, so the result would only be a wider network.</remarks>
internal static class MixtureOfExperts
{
    /// <summary>The name of the parameter that is added to every logit of a task.</summary>
    public static string OutputBias(string name) => $"{name}/tower/bias";

    /// <summary>The logits of the experts, mixed for each task.</summary>
    /// <param name="scoring">The computation.</param>
    /// <param name="name">The prefix of the parameters.</param>
    /// <param name="parts">x, in parts.</param>
    /// <param name="options">The number of experts and their hidden layers.</param>
    /// <returns>[R, N, K] logits.</returns>
    public static T ExpertLogits<T>(this Scoring<T> scoring, string name, IReadOnlyList<Part<T>> parts, TopNetworkOptions options)
    {
        ITensorOps<T> ops = scoring.Ops;
        int tasks = scoring.Layout.TaskCount;
        int units = options.TopUnits[^1];
        T[] outputs =
        [
            .. Enumerable.Range(0, options.Experts)
                .Select(i => ops.Perceptron($"{name}/expert/{i}", parts, options.Hidden, () => scoring.Inputs.CandidateMask)),
        ];
        T experts = ops.SplitLast(ops.Concat(outputs), units);
        T gates = ops.Softmax(ops.SplitLast(ops.Linear($"{name}/gate", parts, tasks * options.Experts), options.Experts));
        T mixed = ops.MatMul(gates, experts);
        T towers = ops.Parameter($"{name}/tower/weight", [tasks, units], Initializer.Glorot(units, 1));
        return ops.Add(
            ops.Sum(ops.Mul(mixed, towers), -1, keepAxis: false), ops.Parameter(OutputBias(name), [tasks], Initializer.Zeros));
    }
}
