using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>What several tasks share.</summary>
public enum MultiTask
{
    /// <summary>All hidden layers; each task has a linear tower on them.</summary>
    SharedBottom,

    /// <summary>Experts, which each task mixes by a gate of its own (MMoE).</summary>
    Mmoe,
}

/// <summary>
/// Multi-gate mixture of experts (Ma et al., KDD 2018, eq. 6 and 7): with n experts f_i and task k's gate g^k,
/// y_k = h^k(Σ_i g^k(x)_i · f_i(x)), g^k(x) = softmax(W_gk·x + b_gk). The experts are MLPs, the towers h^k linear. The gates' bias, which
/// the paper leaves out, is the task's standing preference for an expert.
/// </summary>
/// <remarks>
/// With one task it is refused: a single gate mixes experts for nobody to disagree with, which is a wider network under another name.
/// </remarks>
internal static class MixtureOfExperts
{
    /// <summary>The parameter that is added to every logit of a task.</summary>
    public static string OutputBias(string name) => $"{name}/tower/bias";

    /// <param name="ops">The backend.</param>
    /// <param name="name">Prefix of its parameters.</param>
    /// <param name="parts">x.</param>
    /// <param name="tasks">K.</param>
    /// <param name="options">Of an expert, and how many there are.</param>
    /// <param name="mask">Makes the mask of <see cref="ITensorOps{T}.Standardise"/>.</param>
    /// <returns>[R, N, K] logits.</returns>
    public static T Logits<T>(ITensorOps<T> ops, string name, IReadOnlyList<Part<T>> parts, int tasks, TopNetworkOptions options, Func<T> mask)
    {
        int units = options.TopUnits[^1];
        T[] outputs =
        [
            .. Enumerable.Range(0, options.Experts).Select(i => Layers.Perceptron(
                ops, $"{name}/expert/{i}", parts, options.TopUnits, options.Activation, options.Dropout, mask, options.BatchNorm)),
        ];
        T experts = ops.SplitLast(ops.Concat(outputs), units);
        T gates = ops.Softmax(ops.SplitLast(Layers.Linear(ops, $"{name}/gate", parts, tasks * options.Experts), options.Experts));
        T mixed = ops.MatMul(gates, experts);
        T towers = ops.Parameter($"{name}/tower/weight", [tasks, units], Initializer.Glorot(units, 1));
        return ops.Add(
            ops.Sum(ops.Mul(mixed, towers), -1, keepAxis: false), ops.Parameter(OutputBias(name), [tasks], Initializer.Zeros));
    }
}
