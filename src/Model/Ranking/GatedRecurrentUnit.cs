using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>
/// A gated recurrent unit whose update gate is scaled from outside: h ← h + u·(h̃ − h) with u = rate · σ(W_u x + U_u h + b_u),
/// r = σ(W_r x + U_r h + b_r) and h̃ = tanh(W_h x + r ∘ U_h h + b_h) (Zhou et al., AAAI 2019, eq. 2 to 5). Without an update gate,
/// u is the rate itself. A rate of 0 keeps the state as it is, as padding must.
/// </summary>
/// <param name="ops">The backend.</param>
/// <param name="name">The prefix of the parameters.</param>
/// <param name="width">The width of input and state.</param>
/// <param name="hasUpdateGate">True if the unit has an update gate.</param>
internal sealed class GatedRecurrentUnit<T>(ITensorOps<T> ops, string name, int width, bool hasUpdateGate)
{
    private readonly int _gates = (hasUpdateGate ? 2 : 1) * width;

    /// <summary>The products of the inputs of all steps at once, so that a step multiplies only its state.</summary>
    /// <param name="x">[…, width].</param>
    /// <returns>[…, gates and proposal].</returns>
    public T Inputs(T x) => ops.MatMul(x, Weight("input"));

    /// <summary>The next state.</summary>
    /// <param name="state">[…, width].</param>
    /// <param name="input">From <see cref="Inputs"/>.</param>
    /// <param name="rate">[…, 1], 0 to 1.</param>
    public T Step(T state, T input, T rate)
    {
        T bias = ops.Parameter($"{name}/bias", [_gates + width], Initializer.Zeros);
        T recurrent = ops.MatMul(state, Weight("state"));
        T biased = ops.Add(input, bias);
        T gates = ops.Sigmoid(ops.Add(Gates(biased), Gates(recurrent)));
        T reset = ops.Slice(gates, -1, _gates - width, _gates);
        T proposal = ops.Tanh(ops.Add(Proposal(biased), ops.Mul(reset, Proposal(recurrent))));
        T update = hasUpdateGate ? ops.Mul(ops.Slice(gates, -1, 0, width), rate) : rate;
        return ops.Add(state, ops.Mul(update, ops.Sub(proposal, state)));
    }

    private T Gates(T x) => ops.Slice(x, -1, 0, _gates);

    private T Proposal(T x) => ops.Slice(x, -1, _gates, _gates + width);

    private T Weight(string of) =>
        ops.Parameter($"{name}/{of}/weight", [width, _gates + width], Initializer.Glorot(width, width));
}
