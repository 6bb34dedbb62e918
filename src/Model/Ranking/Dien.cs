using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>How attention enters the recurrence of <see cref="Dien"/> (Zhou et al., AAAI 2019, section "Interest Evolving Layer").</summary>
public enum InterestEvolution
{
    /// <summary>Attention scales the update gate, so that what matters little changes the state little: ũ = a·u.</summary>
    Augru,

    /// <summary>Attention scales the input: i = a·h.</summary>
    Aigru,

    /// <summary>Attention takes the place of the update gate.</summary>
    Agru,
}

/// <summary>Options of <see cref="Dien"/>.</summary>
public sealed record DienOptions : TopNetworkOptions, IActivationUnitOptions
{
    /// <summary>How attention enters the recurrence.</summary>
    public InterestEvolution Evolution { get; init; } = InterestEvolution.Augru;

    /// <summary>α, the weight of the auxiliary loss, 0 to 100. 0 trains without it.</summary>
    public float AuxiliaryWeight { get; init; } = 1;

    /// <summary>
    /// What weighs a behaviour: <see cref="AttentionKind.Bilinear"/> of its interest h_t, as in the paper, or <see cref="AttentionKind.Unit"/>,
    /// the activation unit of <see cref="Din"/> over the behaviour itself.
    /// </summary>
    public AttentionKind Attention { get; init; } = AttentionKind.Bilinear;

    /// <summary>The units of the activation unit's hidden layers: 1 to 8 layers of 1 to 4,096 units.</summary>
    public IReadOnlyList<int> AttentionUnits { get; init; } = [80, 40];

    /// <summary>True if the activation unit sees how many behaviours came after each.</summary>
    public bool Recency { get; init; }

    /// <summary>
    /// True to make the weights sum to one, as in the paper. False makes each weight a sigmoid, so that every behaviour of a long history that
    /// concerns the candidate moves the state, rather than all of them together as much as one.
    /// </summary>
    public bool Softmax { get; init; } = true;

    /// <summary>True if the top network also sees the sum of the weights.</summary>
    public bool Intensity { get; init; }

    /// <summary>
    /// True if the top network also sees Σ_t a_t·e_t and its product with the candidate: what the behaviours were, in addition to how the
    /// interest evolved. The authors' code adds the plain sum of the behaviours for this.
    /// </summary>
    public bool Pooled { get; init; }

    Interaction IActivationUnitOptions.Interaction => Interaction.Both;

    private protected override void CheckOwn(Problems problems, ScoreLayout layout)
    {
        problems.RequireUnits("attentionUnits", AttentionUnits);
        problems.Require(AuxiliaryWeight is >= 0 and <= 100, "auxiliaryWeight must be 0 to 100");
        problems.Require(Attention is AttentionKind.Bilinear or AttentionKind.Unit, "attention must be \"bilinear\" or \"unit\"");
        problems.Require(Attention == AttentionKind.Unit || !Recency, "recency is an option of attention \"unit\" only");
        problems.Require(!Softmax || !Intensity, "intensity means nothing with softmax, where it is always 1");
    }
}

/// <summary>
/// Deep Interest Evolution Network (Zhou et al., AAAI 2019): a GRU extracts the interest h_t after each behaviour, attention
/// a_t = softmax_t(h_tᵀWv) picks those that concern the candidate, and a second recurrence follows how they evolve. Its last state
/// joins the candidate in the MLP.
/// </summary>
/// <remarks>
/// The extractor sees no candidate, so its states, and their products with the second recurrence's weights, are computed once per ranking.
/// The states are as wide as an item vector, so that the auxiliary loss can compare them.
/// </remarks>
public sealed class Dien(ScoreLayout layout, DienOptions options) : IRankingModel
{
    public const string Name = "dien";

    /// <inheritdoc/>
    string IRankingModel.Name => Name;

    /// <inheritdoc/>
    public string OutputBias => TopNetwork.OutputBias(options);

    /// <inheritdoc/>
    public bool HasAuxiliaryLoss => options.AuxiliaryWeight > 0;

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        var scoring = new Scoring<T>(ops, layout, inputs);
        Evolved<T>[] sequences = [.. scoring.Histories.Select(Follow)];
        List<Part<T>> parts =
        [
            .. scoring.AllFeatures([.. sequences.Select(s => s.Interest)], products: true),
            .. sequences.SelectMany(More),
        ];
        T logits = scoring.TopLogits(parts, options);

        // A behaviour belongs to one sequence, and every other sequence weighs it by 0: the sum is the weight that each behaviour has.
        T attention = sequences.Select(s => s.Attention).Aggregate(ops.Add);
        return HasAuxiliaryLoss && inputs.Auxiliary is { } auxiliary
            ? new(logits, attention, HasAttention: true, new(AuxiliaryLoss(ops, sequences, inputs.Behaviours, auxiliary.NegativeBehaviours)))
            : new(logits, attention, HasAttention: true);
    }

    private Evolved<T> Follow<T>(History<T> history)
    {
        T states = Extract(history);
        T attention = Attention(history, states);
        return new(history, states, attention, Evolve(history, states, attention));
    }

    /// <returns>[R, N, H], 0 for what is not in the history.</returns>
    private T Attention<T>(History<T> history, T states)
    {
        string name = $"attention{history.Suffix}";
        T weights = options.Attention == AttentionKind.Unit
            ? history.ActivationWeights(name, options)
            : history.Scoring.BilinearProducts(name, states);
        return options.Softmax ? history.Softmax(weights) : history.Only(history.Scoring.Ops.Sigmoid(weights));
    }

    /// <returns>What the options add to the input of the top network for one sequence.</returns>
    private IEnumerable<Part<T>> More<T>(Evolved<T> sequence)
    {
        (ITensorOps<T> ops, ScoreInputs<T> inputs) = (sequence.History.Scoring.Ops, sequence.History.Scoring.Inputs);
        if (options.Intensity)
        {
            yield return sequence.History.Intensity(sequence.Attention);
        }

        if (options.Pooled)
        {
            T pooled = ops.MatMul(sequence.Attention, inputs.Behaviours);
            yield return new($"pooled{sequence.History.Suffix}", pooled, layout.ItemWidth);
            yield return new($"pooled_product{sequence.History.Suffix}", ops.Mul(pooled, inputs.Candidates), layout.ItemWidth);
        }
    }

    /// <returns>[R, H, d], the interest after each behaviour.</returns>
    private T Extract<T>(History<T> history)
    {
        (ITensorOps<T> ops, ScoreInputs<T> inputs) = (history.Scoring.Ops, history.Scoring.Inputs);
        var unit = new GatedRecurrentUnit<T>(ops, $"extractor{history.Suffix}", layout.ItemWidth, hasUpdateGate: true);
        T initial = ops.ZerosLike(ops.Sum(inputs.Behaviours, 1, keepAxis: false));
        return ops.Scan(
            initial,
            [unit.Inputs(inputs.Behaviours), ops.Unsqueeze(history.Mask, -1)],
            (state, step) => unit.Step(state, step[0], step[1]),
            everyState: true);
    }

    /// <returns>[R, N, d], the last state of the second recurrence; 0 for an empty history.</returns>
    private T Evolve<T>(History<T> history, T states, T attention)
    {
        ITensorOps<T> ops = history.Scoring.Ops;
        var unit = new GatedRecurrentUnit<T>(
            ops, $"evolution{history.Suffix}", layout.ItemWidth, hasUpdateGate: options.Evolution != InterestEvolution.Agru);
        T products = ops.Unsqueeze(unit.Inputs(states), 2);
        T weights = ops.Unsqueeze(ops.TransposeLast(attention), -1);
        T initial = ops.ZerosLike(history.Scoring.Inputs.Candidates);
        if (options.Evolution != InterestEvolution.Aigru)
        {
            return ops.Scan(initial, [products, weights], (state, step) => unit.Step(state, step[0], step[1]), everyState: false);
        }

        T mask = ops.Unsqueeze(ops.Unsqueeze(history.Mask, -1), -1);
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
    private T AuxiliaryLoss<T>(ITensorOps<T> ops, Evolved<T>[] sequences, T behaviours, T negatives)
    {
        T Next(T sequence) => ops.Slice(sequence, 1, 1, int.MaxValue);
        T Total(T x) => ops.Sum(ops.Sum(x, 1, keepAxis: false), 0, keepAxis: false);
        T loss = ops.Constant(0);
        T count = ops.Constant(1e-9f);
        foreach (Evolved<T> sequence in sequences)
        {
            T interest = ops.Slice(sequence.States, 1, 0, -1);
            T Logit(T of) => ops.Sum(ops.Mul(interest, Next(of)), -1, keepAxis: false);

            // Both the behaviour and the next one must belong to the sequence: the one before its first may belong to another sequence.
            T mask = ops.Mul(ops.Slice(sequence.History.Mask, 1, 0, -1), Next(sequence.History.Mask));
            T losses = ops.Add(ops.Softplus(ops.Sub(ops.Constant(0), Logit(behaviours))), ops.Softplus(Logit(negatives)));
            loss = ops.Add(loss, Total(ops.Mul(losses, mask)));
            count = ops.Add(count, Total(mask));
        }

        // If no history has two behaviours, the sum is 0 too, and the tiny constant makes the mean 0.
        return ops.Mul(ops.Constant(options.AuxiliaryWeight), ops.Div(loss, count));
    }

    /// <summary>What the two recurrences make of one behaviour sequence.</summary>
    /// <param name="History">The history of the sequence.</param>
    /// <param name="States">[R, H, d], from the extractor.</param>
    /// <param name="Attention">[R, N, H].</param>
    /// <param name="Interest">[R, N, d], the evolved interest.</param>
    private sealed record Evolved<T>(History<T> History, T States, T Attention, T Interest);
}
