namespace DinOrleans.Model.Tensors;

/// <summary>What an activation function does between layers.</summary>
public enum Activation
{
    Sigmoid,
    Relu,
    PRelu,

    /// <summary>Data-adaptive PReLU (Zhou et al., KDD 2018, eq. 5).</summary>
    Dice,
}

/// <summary>Layers made of tensor operations.</summary>
public static class Layers
{
    private const float InitialSlope = 0.25f;

    /// <summary>x·W + b over the last axis.</summary>
    public static T Linear<T>(ITensorOps<T> ops, string name, T x, int inputs, int outputs) =>
        ops.Add(Project(ops, name, x, inputs, outputs), ops.Parameter($"{name}/bias", [outputs], Initializer.Zeros));

    /// <summary>x·W over the last axis.</summary>
    public static T Project<T>(ITensorOps<T> ops, string name, T x, int inputs, int outputs) =>
        ops.MatMul(x, ops.Parameter($"{name}/weight", [inputs, outputs], Initializer.Glorot(inputs, outputs)));

    /// <summary>
    /// Σ partᵢ·Wᵢ + b: a linear layer over the concatenation of parts without making it. A part with fewer repetitions (a
    /// profile shared by all candidates) is multiplied once and broadcast.
    /// </summary>
    public static T Linear<T>(ITensorOps<T> ops, string name, IReadOnlyList<Part<T>> parts, int outputs)
    {
        int inputs = parts.Sum(p => p.Width);
        T sum = ops.Parameter($"{name}/bias", [outputs], Initializer.Zeros);
        foreach (Part<T> part in parts)
        {
            T weight = ops.Parameter($"{name}/{part.Name}/weight", [part.Width, outputs], Initializer.Glorot(inputs, outputs));
            sum = ops.Add(ops.MatMul(part.Value, weight), sum);
        }

        return sum;
    }

    /// <summary>Applies an activation function.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="name">Prefix of its parameters.</param>
    /// <param name="x">[…, channels].</param>
    /// <param name="channels">Length of the last axis.</param>
    /// <param name="activation">Which.</param>
    /// <param name="mask">Makes the mask of <see cref="ITensorOps{T}.Standardise"/>.</param>
    public static T Activate<T>(ITensorOps<T> ops, string name, T x, int channels, Activation activation, Func<T> mask) => activation switch
    {
        Activation.Sigmoid => ops.Sigmoid(x),
        Activation.Relu => ops.Relu(x),
        Activation.PRelu => ops.PRelu(x, ops.Parameter($"{name}/slope", [channels], Initializer.Constant(InitialSlope))),
        Activation.Dice => Dice(ops, name, x, channels, mask),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation."),
    };

    /// <summary>f(s) = p·s + (1 − p)·α·s with p = σ((s − E[s]) / √(Var[s] + ε)) (Zhou et al., KDD 2018, eq. 5).</summary>
    private static T Dice<T>(ITensorOps<T> ops, string name, T x, int channels, Func<T> mask)
    {
        T p = ops.Sigmoid(ops.Standardise($"{name}/dice", x, channels, mask));
        T alpha = ops.Parameter($"{name}/alpha", [channels], Initializer.Zeros);
        T gate = ops.Add(ops.Mul(p, ops.Sub(ops.Constant(1), alpha)), alpha);
        return ops.Mul(gate, x);
    }
}

/// <summary>One part of the input of a linear layer.</summary>
/// <param name="Name">Names its weight.</param>
/// <param name="Value">[…, width].</param>
/// <param name="Width">Length of the last axis.</param>
public readonly record struct Part<T>(string Name, T Value, int Width);
