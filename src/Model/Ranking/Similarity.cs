using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>What weighs a behaviour e for a candidate v.</summary>
public enum AttentionKind
{
    /// <summary>The activation unit, a multi-layer perceptron over both.</summary>
    Unit,

    /// <summary>⟨e, v⟩.</summary>
    Dot,

    /// <summary>⟨e, v⟩ / (‖e‖·‖v‖), −1 to 1. It is 0 if one of them is zero.</summary>
    Cosine,

    /// <summary>eᵀWv with a learned W (Luong et al., EMNLP 2015, "general").</summary>
    Bilinear,
}

/// <summary>Attention without hidden layers, and the norms that it needs.</summary>
public static class Similarity
{
    /// <summary>What is added to the square of a vector's norm, so that the norm of a zero vector, and its slope, are finite.</summary>
    public const float SquareEpsilon = 1e-12f;

    /// <summary>Weighs the behaviours of a history by their similarity to each candidate.</summary>
    /// <param name="history">The history.</param>
    /// <param name="name">The prefix of the parameters.</param>
    /// <param name="kind">The similarity; not <see cref="AttentionKind.Unit"/>.</param>
    /// <returns>[R, N, H] weights. Those of padding are not defined.</returns>
    internal static T Similarities<T>(this History<T> history, string name, AttentionKind kind)
    {
        (ITensorOps<T> ops, ScoreInputs<T> inputs) = (history.Scoring.Ops, history.Scoring.Inputs);
        return kind switch
        {
            AttentionKind.Dot => Products(ops, inputs.Candidates, inputs.Behaviours),
            AttentionKind.Cosine => Products(ops, ops.UnitVectors(inputs.Candidates), ops.UnitVectors(inputs.Behaviours)),
            AttentionKind.Bilinear => history.Scoring.BilinearProducts(name, inputs.Behaviours),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown attention."),
        };
    }

    /// <summary>eᵀWv of every vector e and candidate v.</summary>
    /// <param name="scoring">The computation.</param>
    /// <param name="name">The prefix of the parameters.</param>
    /// <param name="vectors">[R, H, d].</param>
    /// <returns>[R, N, H].</returns>
    internal static T BilinearProducts<T>(this Scoring<T> scoring, string name, T vectors)
    {
        int d = scoring.Layout.ItemWidth;
        return Products(scoring.Ops, scoring.Ops.Project(name, scoring.Inputs.Candidates, d, d), vectors);
    }

    /// <summary>x / ‖x‖ over the last axis. Zero stays zero.</summary>
    public static T UnitVectors<T>(this ITensorOps<T> ops, T x) =>
        ops.Div(x, ops.Sqrt(ops.Add(ops.Sum(ops.Mul(x, x), -1, keepAxis: true), ops.Constant(SquareEpsilon))));

    private static T Products<T>(ITensorOps<T> ops, T candidates, T behaviours) => ops.MatMul(candidates, ops.TransposeLast(behaviours));
}
