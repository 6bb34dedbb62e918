using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>What weighs a behaviour e for a candidate v.</summary>
public enum AttentionKind
{
    /// <summary>The activation unit, an MLP over both.</summary>
    Unit,

    /// <summary>⟨e, v⟩.</summary>
    Dot,

    /// <summary>⟨e, v⟩ / (‖e‖·‖v‖), −1 to 1; 0 where one of them is zero.</summary>
    Cosine,

    /// <summary>eᵀWv with a learned W (Luong et al., EMNLP 2015, "general").</summary>
    Bilinear,
}

/// <summary>Attention without hidden layers.</summary>
internal static class Similarity
{
    /// <summary>Keeps the norm of a zero vector, and its slope, finite.</summary>
    private const float SquareEpsilon = 1e-12f;

    /// <returns>[R, N, H] weights; those of padding mean nothing.</returns>
    public static T Weights<T>(ITensorOps<T> ops, string name, int width, ScoreInputs<T> inputs, AttentionKind kind) => kind switch
    {
        AttentionKind.Dot => Products(ops, inputs.Candidates, inputs.Behaviours),
        AttentionKind.Cosine => Products(ops, Unit(ops, inputs.Candidates), Unit(ops, inputs.Behaviours)),
        AttentionKind.Bilinear => Bilinear(ops, name, inputs.Candidates, inputs.Behaviours, width),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown attention."),
    };

    /// <summary>eᵀWv of every behaviour and candidate.</summary>
    public static T Bilinear<T>(ITensorOps<T> ops, string name, T candidates, T behaviours, int width) =>
        Products(ops, Layers.Project(ops, name, candidates, width, width), behaviours);

    /// <summary>x / ‖x‖ over the last axis; zero stays zero.</summary>
    public static T Unit<T>(ITensorOps<T> ops, T x) =>
        ops.Div(x, ops.Sqrt(ops.Add(ops.Sum(ops.Mul(x, x), -1, keepAxis: true), ops.Constant(SquareEpsilon))));

    private static T Products<T>(ITensorOps<T> ops, T candidates, T behaviours) => ops.MatMul(candidates, ops.TransposeLast(behaviours));
}
