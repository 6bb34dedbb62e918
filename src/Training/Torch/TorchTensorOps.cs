using DinOrleans.Model.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace DinOrleans.Training.Torch;

/// <summary>Runs each operation on TorchSharp tensors, with autograd where a parameter or input requires gradients.</summary>
/// <remarks>Intermediate tensors belong to the caller's dispose scope. It must be used on one thread.</remarks>
public sealed class TorchTensorOps : ITensorOps<Tensor>, IDisposable
{
    private readonly TorchParameters _parameters;
    private readonly Generator _generator;

    /// <param name="parameters">The parameters, which stay the caller's.</param>
    /// <param name="seed">Decides what dropout zeroes.</param>
    public TorchTensorOps(TorchParameters parameters, int seed)
    {
        _parameters = parameters;
        _generator = new Generator((ulong)seed, CPU);
    }

    /// <summary>True for training, with batch statistics and dropout. False computes what serving does.</summary>
    public bool Training { get; set; }

    public Tensor Parameter(string name, ReadOnlySpan<int> shape, Initializer initializer) => _parameters.Get(name, shape, initializer);

    public Tensor Constant(float value) => tensor(value);

    public Tensor MatMul(Tensor left, Tensor right) => matmul(left, right);

    /// <inheritdoc/>
    public Tensor Linear(Tensor x, Tensor weight, Tensor bias) =>
        addmm(bias, x.reshape(-1, weight.size(0)), weight, 1, 1).reshape([.. x.shape[..^1], weight.size(1)]);

    /// <inheritdoc/>
    public Tensor PairLinear(Tensor rows, Tensor columns, Tensor rowTerm, Tensor columnWeight, Tensor productWeight)
    {
        Tensor c = columns.unsqueeze(1);
        return matmul(rows.unsqueeze(2).mul(c), productWeight).add(rowTerm.unsqueeze(2).add(matmul(c, columnWeight), Scalars.One), Scalars.One);
    }

    public Tensor Add(Tensor left, Tensor right) => left.add(right, Scalars.One);

    public Tensor Sub(Tensor left, Tensor right) => left.sub(right);

    public Tensor Mul(Tensor left, Tensor right) => left.mul(right);

    public Tensor Div(Tensor left, Tensor right) => left.div(right);

    public Tensor Concat(ReadOnlySpan<Tensor> parts) => cat(parts.ToArray(), -1);

    public Tensor Sigmoid(Tensor x) => x.sigmoid();

    public Tensor Tanh(Tensor x) => x.tanh();

    public Tensor Relu(Tensor x) => x.relu();

    public Tensor Sqrt(Tensor x) => x.sqrt();

    /// <inheritdoc/>
    /// <remarks>TorchSharp's own softplus makes two scalars for the call, see <see cref="Scalars"/>.</remarks>
    public Tensor Softplus(Tensor x) => nn.functional.logsigmoid(x.neg()).neg();

    public Tensor ZerosLike(Tensor x) => zeros_like(x, requires_grad: false);

    /// <inheritdoc/>
    /// <remarks>TorchSharp's own PReLU takes channels on axis 1 only, which a slope per channel has after flattening.</remarks>
    public Tensor PRelu(Tensor x, Tensor slope) => slope.dim() == 1 && slope.size(0) == x.size(-1)
        ? x.reshape(-1, x.size(-1)).prelu(slope).reshape(x.shape)
        : where(x.gt(Scalars.Zero), x, x.mul(slope));

    public Tensor Softmax(Tensor x) => x.softmax(-1);

    public Tensor Sum(Tensor x, int axis, bool keepAxis) => x.sum(axis, keepdim: keepAxis);

    public Tensor CumulativeSum(Tensor x) => x.cumsum(-1);

    public Tensor Unsqueeze(Tensor x, int axis) => x.unsqueeze(axis);

    public Tensor Squeeze(Tensor x, int axis) => x.squeeze(axis);

    public Tensor SplitLast(Tensor x, int length) => x.reshape([.. x.shape[..^1], x.size(-1) / length, length]);

    public Tensor MergeLast(Tensor x) => x.flatten(-2);

    public Tensor Slice(Tensor x, int axis, int start, int end) => x.slice(axis, start, end == int.MaxValue ? x.size(axis) : end, 1);

    public Tensor Scan(Tensor initial, ReadOnlySpan<Tensor> sequences, Func<Tensor, Tensor[], Tensor> step, bool everyState)
    {
        Tensor[][] elements = [.. sequences.ToArray().Select(s => s.unbind(1))];
        int steps = elements[0].Length;
        var states = new Tensor[everyState ? steps : 0];
        Tensor state = initial;
        for (int t = 0; t < steps; t++)
        {
            state = step(state, [.. elements.Select(e => e[t])]);
            if (everyState)
            {
                states[t] = state;
            }
        }

        return everyState ? stack(states, 1) : state;
    }

    public Tensor TransposeLast(Tensor x) => x.transpose(-2, -1);

    /// <inheritdoc/>
    public Tensor Standardise(string name, Tensor x, int channels, float epsilon, Func<Tensor> mask)
    {
        using Scalar small = epsilon;
        MovingMoments moving = _parameters.Moments(name, channels);
        if (!Training)
        {
            return x.sub(moving.Mean).mul(moving.Variance.add(small, Scalars.One).rsqrt());
        }

        // As products with the mask in one row, each of the two statistics costs one pass over x.
        Tensor flat = x.reshape(-1, channels);
        Tensor row = mask().expand(x.shape[..^1]).reshape(1, -1);
        Tensor count = row.sum();
        float counted = count.item<float>();
        if (counted == 0)
        {
            return x.sub(moving.Mean).mul(moving.Variance.add(small, Scalars.One).rsqrt());
        }

        Tensor mean = row.mm(flat).div(count);
        Tensor centred = flat.sub(mean);
        Tensor variance = row.mm(centred.mul(centred)).div(count);
        moving.Add(counted, TorchParameters.Floats(mean.detach()), TorchParameters.Floats(variance.detach()));
        return centred.mul(variance.add(small, Scalars.One).rsqrt()).reshape(x.shape);
    }

    /// <inheritdoc/>
    public Tensor Dropout(Tensor x, float rate)
    {
        if (!Training || rate == 0)
        {
            return x;
        }

        Tensor kept = empty_like(x, requires_grad: false).bernoulli_(1 - rate, _generator);
        using Scalar share = 1 - rate;
        return x.mul(kept).div(share);
    }

    /// <summary>The state of the random numbers that dropout draws.</summary>
    internal byte[] RandomState()
    {
        using Tensor state = _generator.get_state();
        return state.bytes.ToArray();
    }

    /// <summary>Goes on from a state that <see cref="RandomState"/> returned.</summary>
    internal void SetRandomState(byte[] state)
    {
        using Tensor value = tensor(state, dtype: ScalarType.Byte);
        _generator.set_state(value);
    }

    /// <inheritdoc/>
    public void Dispose() => _generator.Dispose();
}
