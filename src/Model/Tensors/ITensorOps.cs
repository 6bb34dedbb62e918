namespace DinOrleans.Model.Tensors;

/// <summary>
/// The operations models are written in. A model runs over TorchSharp tensors with autograd to train, and over the ONNX graph
/// builder to export, so that the two cannot drift apart. Broadcasting follows NumPy.
/// </summary>
/// <typeparam name="T">A tensor of the backend; float32.</typeparam>
public interface ITensorOps<T>
{
    /// <summary>A trainable tensor, the same one on each call with its name.</summary>
    /// <param name="name">Unique in the model, path-like: <c>top/0/weight</c>.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="initializer">How it starts.</param>
    T Parameter(string name, ReadOnlySpan<int> shape, Initializer initializer);

    /// <summary>A scalar.</summary>
    T Constant(float value);

    /// <summary>Matrix product of the last two axes, the others broadcast.</summary>
    T MatMul(T left, T right);

    /// <summary>x·W + b over the last axis.</summary>
    /// <param name="x">[…, inputs].</param>
    /// <param name="weight">[inputs, outputs].</param>
    /// <param name="bias">[outputs].</param>
    T Linear(T x, T weight, T bias);

    /// <summary>A linear layer over each pair of a row and a column vector: t + c·W꜀ + (r⊙c)·Wₚ, where t is what the row adds alone.</summary>
    /// <param name="rows">r, [R, H, d].</param>
    /// <param name="columns">c, [R, N, d].</param>
    /// <param name="rowTerm">t, [R, H, outputs].</param>
    /// <param name="columnWeight">W꜀, [d, outputs].</param>
    /// <param name="productWeight">Wₚ, [d, outputs].</param>
    /// <returns>[R, H, N, outputs].</returns>
    T PairLinear(T rows, T columns, T rowTerm, T columnWeight, T productWeight);

    T Add(T left, T right);

    T Sub(T left, T right);

    T Mul(T left, T right);

    T Div(T left, T right);

    /// <summary>Joins along the last axis.</summary>
    T Concat(ReadOnlySpan<T> parts);

    T Sigmoid(T x);

    T Tanh(T x);

    T Relu(T x);

    T Sqrt(T x);

    /// <summary>ln(1 + eˣ), without overflow: −ln σ(−x).</summary>
    T Softplus(T x);

    /// <summary>Zeros in the shape of x.</summary>
    T ZerosLike(T x);

    /// <summary>max(x, 0) + slope · min(x, 0); the slope broadcasts to x.</summary>
    T PRelu(T x, T slope);

    /// <summary>Softmax over the last axis.</summary>
    T Softmax(T x);

    /// <summary>Sum over one axis, which is kept with length 1 or dropped.</summary>
    T Sum(T x, int axis, bool keepAxis);

    /// <summary>The sum up to and with each element of the last axis.</summary>
    T CumulativeSum(T x);

    /// <summary>Inserts an axis of length 1 at a position of the result; negative counts from its end.</summary>
    T Unsqueeze(T x, int axis);

    /// <summary>Drops an axis of length 1; negative counts from the end.</summary>
    T Squeeze(T x, int axis);

    /// <summary>[…, n · length] as […, n, length].</summary>
    T SplitLast(T x, int length);

    /// <summary>[…, n, length] as […, n · length].</summary>
    T MergeLast(T x);

    /// <summary>A part of one axis.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axis">Negative counts from the end.</param>
    /// <param name="start">First element.</param>
    /// <param name="end">Past the last element; negative counts from the axis's end, <see cref="int.MaxValue"/> takes the rest.</param>
    T Slice(T x, int axis, int start, int end);

    /// <summary>Runs a recurrence along axis 1.</summary>
    /// <param name="initial">The state before the first step; keeps its shape.</param>
    /// <param name="sequences">What the steps read, each with the steps as axis 1.</param>
    /// <param name="step">
    /// Makes the next state of a state and the sequences' elements, which lack axis 1. May read any value made before; what is made
    /// inside means nothing outside.
    /// </param>
    /// <param name="everyState">Whether to give the state after each step, stacked as axis 1, rather than the last one only.</param>
    T Scan(T initial, ReadOnlySpan<T> sequences, Func<T, T[], T> step, bool everyState);

    /// <summary>Swaps the last two axes.</summary>
    T TransposeLast(T x);

    /// <summary>
    /// (x − mean) / √(variance + ε) per channel of the last axis: batch statistics in training, moving ones in serving.
    /// </summary>
    /// <param name="name">Prefix of the two moving statistics, which are saved with the parameters.</param>
    /// <param name="x">[…, channels].</param>
    /// <param name="channels">Length of the last axis.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="mask">
    /// Makes the mask of the statistics: 1 where x counts, 0 where it is padding; broadcasts to x without its last axis. Called in
    /// training only.
    /// </param>
    T Standardise(string name, T x, int channels, float epsilon, Func<T> mask);

    /// <summary>Zeroes elements at random and scales the rest in training; nothing in serving.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="rate">Probability of zeroing, 0 to below 1.</param>
    T Dropout(T x, float rate);
}
