using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>How attention enters the recurrence of <see cref="Dien"/> (Zhou et al., AAAI 2019, section "Interest Evolving Layer").</summary>
public enum InterestEvolution
{
    /// <summary>It scales the update gate, so that what matters little changes the state little: ũ = a·u.</summary>
    Augru,

    /// <summary>It scales the input: i = a·h.</summary>
    Aigru,

    /// <summary>It takes the place of the update gate.</summary>
    Agru,
}

/// <summary>Options of <see cref="Dien"/>.</summary>
public sealed record DienOptions : TopNetworkOptions
{
    /// <summary>How attention enters the recurrence.</summary>
    public InterestEvolution Evolution { get; init; } = InterestEvolution.Augru;

    /// <summary>α of the auxiliary loss, 0 to 100; 0 trains without it.</summary>
    public float AuxiliaryWeight { get; init; } = 1;

    private protected override void CheckOwn(OptionRules rules, ScoreLayout layout) =>
        rules.Require(AuxiliaryWeight is >= 0 and <= 100, "auxiliaryWeight must be 0 to 100");
}

/// <summary>
/// Deep Interest Evolution Network (Zhou et al., AAAI 2019): a GRU extracts the interest h_t after each behaviour, attention
/// a_t = softmax_t(h_tᵀWv) picks those that concern the candidate, and a second recurrence follows how they evolve. Its last state
/// joins the candidate in the MLP.
/// </summary>
/// <remarks>
/// The extractor sees no candidate: its states, and their products with the second recurrence's weights, are made once a request.
/// The states are as wide as an item vector, so that the auxiliary loss can compare them.
/// </remarks>
public sealed class Dien(ScoreLayout layout, DienOptions options) : IRankingModel
{
    public const string Name = "dien";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public bool HasAuxiliaryLoss => options.AuxiliaryWeight > 0;

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        T states = Extract(ops, inputs);
        T attention = History.Softmax(ops, Similarity.Bilinear(ops, "attention", inputs.Candidates, states, layout.ItemWidth), inputs);
        T interest = Evolve(ops, inputs, states, attention);
        return new(
            TopNetwork.Logits(ops, layout, inputs, interest, options),
            attention,
            HasAttention: true,
            HasAuxiliaryLoss && inputs.Auxiliary is { } auxiliary ? new(AuxiliaryLoss(ops, inputs, states, auxiliary.NegativeBehaviours)) : null);
    }

    /// <returns>[R, H, d], the interest after each behaviour.</returns>
    private T Extract<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        var unit = new GatedRecurrentUnit<T>(ops, "extractor", layout.ItemWidth, hasUpdateGate: true);
        T initial = ops.ZerosLike(ops.Sum(inputs.Behaviours, 1, keepAxis: false));
        return ops.Scan(
            initial,
            [unit.Inputs(inputs.Behaviours), ops.Unsqueeze(inputs.Mask, -1)],
            (state, step) => unit.Step(state, step[0], step[1]),
            everyState: true);
    }

    /// <returns>[R, N, d], the last state of the second recurrence; 0 of an empty history.</returns>
    private T Evolve<T>(ITensorOps<T> ops, ScoreInputs<T> inputs, T states, T attention)
    {
        var unit = new GatedRecurrentUnit<T>(ops, "evolution", layout.ItemWidth, options.Evolution != InterestEvolution.Agru);
        T products = ops.Unsqueeze(unit.Inputs(states), 2);
        T weights = ops.Unsqueeze(ops.TransposeLast(attention), -1);
        T initial = ops.ZerosLike(inputs.Candidates);
        if (options.Evolution != InterestEvolution.Aigru)
        {
            return ops.Scan(initial, [products, weights], (state, step) => unit.Step(state, step[0], step[1]), everyState: false);
        }

        T mask = ops.Unsqueeze(ops.Unsqueeze(inputs.Mask, -1), -1);
        return ops.Scan(
            initial,
            [products, weights, mask],
            (state, step) => unit.Step(state, ops.Mul(step[0], step[1]), step[2]),
            everyState: false);
    }

    /// <summary>
    /// α times the mean over behaviours with a next one of −log σ(h_t·e_{t+1}) − log(1 − σ(h_t·ē_{t+1})), ē being the negative
    /// (Zhou et al., AAAI 2019, eq. 6). A mean over behaviours, as in the authors' code, so that long histories do not drown the tasks.
    /// </summary>
    private T AuxiliaryLoss<T>(ITensorOps<T> ops, ScoreInputs<T> inputs, T states, T negatives)
    {
        T Next(T sequence) => ops.Slice(sequence, 1, 1, int.MaxValue);
        T Total(T x) => ops.Sum(ops.Sum(x, 1, keepAxis: false), 0, keepAxis: false);
        T interest = ops.Slice(states, 1, 0, -1);
        T Logit(T sequence) => ops.Sum(ops.Mul(interest, Next(sequence)), -1, keepAxis: false);

        T mask = Next(inputs.Mask);
        T loss = ops.Add(ops.Softplus(ops.Sub(ops.Constant(0), Logit(inputs.Behaviours))), ops.Softplus(Logit(negatives)));

        // Where no history has two behaviours the sum is 0 too, and the tiny constant makes the mean 0.
        T mean = ops.Div(Total(ops.Mul(loss, mask)), ops.Add(Total(mask), ops.Constant(1e-9f)));
        return ops.Mul(ops.Constant(options.AuxiliaryWeight), mean);
    }
}
