namespace DinOrleans.Model.Tensors;

/// <summary>
/// The operations in which models are written. The same model runs over TorchSharp tensors with autograd to train, and over the ONNX graph
/// builder to export, so that the two cannot differ. Broadcasting follows NumPy.
/// </summary>
/// <typeparam name="T">A tensor of the backend, of float32.</typeparam>
public interface ITensorOps<T>
{
    /// <summary>Gets a trainable tensor. Calls with the same name get the same tensor.</summary>
    /// <param name="name">A path that is unique in the model, such as <c>top/0/weight</c>.</param>
    /// <param name="shape">The lengths of its axes.</param>
    /// <param name="initializer">The distribution of the initial values.</param>
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

    /// <summary>A linear layer over each pair of a row and a column vector: t + c·W꜀ + (r⊙c)·Wₚ, where t is the term of the row alone.</summary>
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

    /// <summary>The running sum over the last axis, each element included.</summary>
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
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="start">The first element.</param>
    /// <param name="end">The element after the last; negative counts from the axis's end, and <see cref="int.MaxValue"/> takes the rest.</param>
    T Slice(T x, int axis, int start, int end);

    /// <summary>Runs a recurrence along axis 1.</summary>
    /// <param name="initial">The state before the first step. Every state has its shape.</param>
    /// <param name="sequences">The inputs of the steps. Axis 1 of each is the step.</param>
    /// <param name="step">
    /// Computes the next state from a state and the sequences' elements, which lack axis 1. It may read any value that was computed before the
    /// scan. Values that it computes must not be used outside.
    /// </param>
    /// <param name="everyState">True to return the state after each step, stacked as axis 1; false to return only the last one.</param>
    T Scan(T initial, ReadOnlySpan<T> sequences, Func<T, T[], T> step, bool everyState);

    /// <summary>Swaps the last two axes.</summary>
    T TransposeLast(T x);

    /// <summary>
    /// (x − mean) / √(variance + ε) per channel of the last axis: batch statistics in training, moving ones in serving.
    /// </summary>
    /// <param name="name">The prefix of the two moving statistics, which are saved with the parameters.</param>
    /// <param name="x">[…, channels].</param>
    /// <param name="channels">The length of the last axis.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="mask">
    /// Makes the mask of the statistics: 1 where x counts, 0 where it is padding. It broadcasts to x without its last axis, and is called only
    /// in training.
    /// </param>
    T Standardise(string name, T x, int channels, float epsilon, Func<T> mask);

    /// <summary>In training, sets elements to zero at random and scales the rest. In serving, returns x.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="rate">The probability that an element becomes zero, 0 to below 1.</param>
    T Dropout(T x, float rate);
}
