namespace DinOrleans.Model.Tensors;

/// <summary>An activation function between layers.</summary>
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

    /// <summary>True if a parameter of a model multiplies inputs, which its name says: it is not a bias, a slope or a scale.</summary>
    public static bool IsWeight(string name) => name.EndsWith("/weight", StringComparison.Ordinal);

    /// <summary>x·W + b over the last axis.</summary>
    public static T Linear<T>(this ITensorOps<T> ops, string name, T x, int inputs, int outputs) =>
        ops.Linear(x, ops.Weight(name, inputs, outputs), ops.Parameter($"{name}/bias", [outputs], Initializer.Zeros));

    /// <summary>x·W over the last axis.</summary>
    public static T Project<T>(this ITensorOps<T> ops, string name, T x, int inputs, int outputs) =>
        ops.MatMul(x, ops.Weight(name, inputs, outputs));

    /// <summary>
    /// Σ partᵢ·Wᵢ + b: a linear layer over the concatenation of parts without making it. A part with fewer repetitions, such as a
    /// profile that all candidates share, is multiplied once and broadcast.
    /// </summary>
    public static T Linear<T>(this ITensorOps<T> ops, string name, IReadOnlyList<Part<T>> parts, int outputs)
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
    /// <param name="name">The prefix of the parameters, which are those of layer 0, 1, ….</param>
    /// <param name="parts">The input.</param>
    /// <param name="layers">The form of the layers.</param>
    /// <param name="mask">Makes the mask of <see cref="ITensorOps{T}.Standardise"/>.</param>
    /// <returns>[…, units of the last layer].</returns>
    public static T Perceptron<T>(this ITensorOps<T> ops, string name, IReadOnlyList<Part<T>> parts, HiddenLayers layers, Func<T> mask) =>
        ops.Hidden(name, ops.Linear($"{name}/0", parts, layers.Units[0]), layers, mask);

    /// <summary>The hidden layers of a multi-layer perceptron from the product of the first on.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="name">The prefix of the parameters, which are those of layer 0, 1, ….</param>
    /// <param name="first">The product of the first layer, before its activation, […, units of the first layer].</param>
    /// <param name="layers">The form of the layers.</param>
    /// <param name="mask">Makes the mask of <see cref="ITensorOps{T}.Standardise"/>.</param>
    /// <returns>[…, units of the last layer].</returns>
    public static T Hidden<T>(this ITensorOps<T> ops, string name, T first, HiddenLayers layers, Func<T> mask)
    {
        T x = ops.Finish($"{name}/0", first, layers.Units[0], layers, mask);
        for (int i = 1; i < layers.Units.Count; i++)
        {
            x = ops.Linear($"{name}/{i}", x, layers.Units[i - 1], layers.Units[i]);
            x = ops.Finish($"{name}/{i}", x, layers.Units[i], layers, mask);
        }

        return x;
    }

    /// <summary>What comes after a hidden layer's product: batch normalisation, activation and dropout.</summary>
    private static T Finish<T>(this ITensorOps<T> ops, string name, T x, int channels, HiddenLayers layers, Func<T> mask)
    {
        x = layers.BatchNorm ? BatchNorm(ops, name, x, channels, mask) : x;
        return ops.Dropout(Activate(ops, name, x, channels, layers.Activation, mask), layers.Dropout);
    }

    private static T Activate<T>(ITensorOps<T> ops, string name, T x, int channels, Activation activation, Func<T> mask) => activation switch
    {
        Activation.Sigmoid => ops.Sigmoid(x),
        Activation.Relu => ops.Relu(x),
        Activation.PRelu => ops.PRelu(x, ops.Parameter($"{name}/slope", [channels], Initializer.Constant(InitialSlope))),
        Activation.Dice => Dice(ops, name, x, channels, mask),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation."),
    };

    /// <summary>
    /// Batch normalisation (Ioffe and Szegedy, ICML 2015): γ·(x − E[x]) / √(Var[x] + ε) + β per channel. In training, the statistics are
    /// those of what the mask counts in the batch, and in serving the moving ones. γ starts as 1 and β as 0.
    /// </summary>
    private static T BatchNorm<T>(ITensorOps<T> ops, string name, T x, int channels, Func<T> mask) => ops.Add(
        ops.Mul(ops.Standardise($"{name}/norm", x, channels, MovingStatistics.BatchNormEpsilon, mask), ops.Parameter($"{name}/gamma", [channels], Initializer.Constant(1))),
        ops.Parameter($"{name}/beta", [channels], Initializer.Zeros));

    /// <summary>f(s) = p·s + (1 − p)·α·s with p = σ((s − E[s]) / √(Var[s] + ε)) (Zhou et al., KDD 2018, eq. 5).</summary>
    private static T Dice<T>(ITensorOps<T> ops, string name, T x, int channels, Func<T> mask)
    {
        T p = ops.Sigmoid(ops.Standardise($"{name}/dice", x, channels, MovingStatistics.DiceEpsilon, mask));
        T alpha = ops.Parameter($"{name}/alpha", [channels], Initializer.Zeros);
        T gate = ops.Add(ops.Mul(p, ops.Sub(ops.Constant(1), alpha)), alpha);
        return ops.Mul(gate, x);
    }

    private static T Weight<T>(this ITensorOps<T> ops, string name, int inputs, int outputs) =>
        ops.Parameter($"{name}/weight", [inputs, outputs], Initializer.Glorot(inputs, outputs));
}

/// <summary>The form of the hidden layers of a multi-layer perceptron.</summary>
/// <param name="Units">The units of each layer.</param>
/// <param name="Activation">The activation function after each layer.</param>
/// <param name="Dropout">The dropout rate after each activation, 0 to below 1.</param>
/// <param name="BatchNorm">True to batch-normalise each layer before its activation.</param>
public readonly record struct HiddenLayers(IReadOnlyList<int> Units, Activation Activation, float Dropout = 0, bool BatchNorm = false);

/// <summary>One part of the input of a linear layer.</summary>
/// <param name="Name">The name of its weight.</param>
/// <param name="Value">[…, width].</param>
/// <param name="Width">The length of the last axis.</param>
public readonly record struct Part<T>(string Name, T Value, int Width);
