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

    /// <summary>Whether a parameter of a model multiplies inputs, by its name: not a bias, a slope or a scale.</summary>
    public static bool IsWeight(string name) => name.EndsWith("/weight", StringComparison.Ordinal);

    /// <summary>x·W + b over the last axis.</summary>
    public static T Linear<T>(ITensorOps<T> ops, string name, T x, int inputs, int outputs) =>
        ops.Linear(x, Weight(ops, name, inputs, outputs), ops.Parameter($"{name}/bias", [outputs], Initializer.Zeros));

    /// <summary>x·W over the last axis.</summary>
    public static T Project<T>(ITensorOps<T> ops, string name, T x, int inputs, int outputs) =>
        ops.MatMul(x, Weight(ops, name, inputs, outputs));

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

    /// <summary>The hidden layers of a multi-layer perceptron, the first over the concatenation of parts.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="name">Prefix of its parameters, which are those of layer 0, 1, ….</param>
    /// <param name="parts">What goes in.</param>
    /// <param name="units">Of each layer.</param>
    /// <param name="activation">After each layer.</param>
    /// <param name="dropout">Rate after each activation.</param>
    /// <param name="mask">Makes the mask of <see cref="ITensorOps{T}.Standardise"/>.</param>
    /// <param name="batchNorm">Whether each layer is normalised before its activation.</param>
    /// <returns>[…, units of the last layer].</returns>
    public static T Perceptron<T>(
        ITensorOps<T> ops,
        string name,
        IReadOnlyList<Part<T>> parts,
        IReadOnlyList<int> units,
        Activation activation,
        float dropout,
        Func<T> mask,
        bool batchNorm = false)
    {
        T x = Linear(ops, $"{name}/0", parts, units[0]);
        x = Finish(ops, $"{name}/0", x, units[0], activation, dropout, mask, batchNorm);
        return Hidden(ops, name, x, units, activation, dropout, mask, batchNorm);
    }

    /// <summary>The layers of a multi-layer perceptron after the first.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="name">Prefix of its parameters, which are those of layer 1, 2, ….</param>
    /// <param name="x">What the first layer gave.</param>
    /// <param name="units">Of each layer, the first included.</param>
    /// <param name="activation">After each layer.</param>
    /// <param name="dropout">Rate after each activation.</param>
    /// <param name="mask">Makes the mask of <see cref="ITensorOps{T}.Standardise"/>.</param>
    /// <param name="batchNorm">Whether each layer is normalised before its activation.</param>
    public static T Hidden<T>(
        ITensorOps<T> ops, string name, T x, IReadOnlyList<int> units, Activation activation, float dropout, Func<T> mask, bool batchNorm = false)
    {
        for (int i = 1; i < units.Count; i++)
        {
            x = Linear(ops, $"{name}/{i}", x, units[i - 1], units[i]);
            x = Finish(ops, $"{name}/{i}", x, units[i], activation, dropout, mask, batchNorm);
        }

        return x;
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

    /// <summary>
    /// Batch normalisation (Ioffe and Szegedy, ICML 2015): γ·(x − E[x]) / √(Var[x] + ε) + β a channel, with the statistics of the batch in training,
    /// over what the mask counts, and moving ones in serving.
    /// </summary>
    /// <param name="ops">The backend.</param>
    /// <param name="name">Prefix of γ, which starts as 1, β, which starts as 0, and the moving statistics.</param>
    /// <param name="x">[…, channels].</param>
    /// <param name="channels">Length of the last axis.</param>
    /// <param name="mask">Makes the mask of <see cref="ITensorOps{T}.Standardise"/>.</param>
    public static T BatchNorm<T>(ITensorOps<T> ops, string name, T x, int channels, Func<T> mask) => ops.Add(
        ops.Mul(ops.Standardise($"{name}/norm", x, channels, MovingStatistics.BatchNormEpsilon, mask), ops.Parameter($"{name}/gamma", [channels], Initializer.Constant(1))),
        ops.Parameter($"{name}/beta", [channels], Initializer.Zeros));

    /// <summary>What comes after a hidden layer's product.</summary>
    private static T Finish<T>(
        ITensorOps<T> ops, string name, T x, int channels, Activation activation, float dropout, Func<T> mask, bool batchNorm)
    {
        x = batchNorm ? BatchNorm(ops, name, x, channels, mask) : x;
        return ops.Dropout(Activate(ops, name, x, channels, activation, mask), dropout);
    }

    private static T Weight<T>(ITensorOps<T> ops, string name, int inputs, int outputs) =>
        ops.Parameter($"{name}/weight", [inputs, outputs], Initializer.Glorot(inputs, outputs));

    /// <summary>f(s) = p·s + (1 − p)·α·s with p = σ((s − E[s]) / √(Var[s] + ε)) (Zhou et al., KDD 2018, eq. 5).</summary>
    private static T Dice<T>(ITensorOps<T> ops, string name, T x, int channels, Func<T> mask)
    {
        T p = ops.Sigmoid(ops.Standardise($"{name}/dice", x, channels, MovingStatistics.DiceEpsilon, mask));
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
