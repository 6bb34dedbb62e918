using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="Din"/>.</summary>
public sealed record DinOptions
{
    /// <summary>Units of the activation unit's hidden layers, 1 to 8 of 1 to 4,096.</summary>
    public IReadOnlyList<int> AttentionUnits { get; init; } = [80, 40];

    /// <summary>Units of the top network's hidden layers, 1 to 8 of 1 to 4,096.</summary>
    public IReadOnlyList<int> TopUnits { get; init; } = [80, 40];

    /// <summary>Activation between layers of both.</summary>
    public Activation Activation { get; init; } = Activation.Dice;

    /// <summary>Normalise the weights to sum to one. Off keeps the intensity of interest, as the paper does.</summary>
    public bool Softmax { get; init; }

    /// <summary>Of the top network, 0 to below 1.</summary>
    public float Dropout { get; init; }

    /// <summary>Whether to add a learned bias an item.</summary>
    public bool UseBias { get; init; } = true;
}

/// <summary>
/// Deep Interest Network (Zhou et al., KDD 2018): u(v) = Σ_j a(e_j, v)·e_j, so that the interest vector changes with the
/// candidate. The activation unit is an MLP over [e, v, e − v, e⊙v], as in the authors' code.
/// </summary>
/// <remarks>
/// Its first layer is factorised: W·[e, v, e − v, e⊙v] = (W₁ + W₃)e + (W₂ − W₃)v + W₄(e⊙v). The three products on the right
/// are the parameters: e's is paid once a behaviour, v's once a candidate, only the last once a pair.
/// </remarks>
public sealed class Din(ScoreLayout layout, DinOptions options) : IRankingModel
{
    public const string Name = "din";

    private const float MaskedOut = -1e9f;

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        T attention = ActivationUnit(ops, inputs);
        T interest = ops.MatMul(attention, inputs.Behaviours);
        T logits = TopNetwork.Logits(ops, layout, inputs, interest, new(options.TopUnits, options.Activation, options.Dropout, options.UseBias));
        return new(logits, attention, HasAttention: true);
    }

    /// <returns>[R, N, H] weights, 0 for padding.</returns>
    private T ActivationUnit<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        int d = layout.ItemWidth;
        T behaviours = ops.Unsqueeze(inputs.Behaviours, 1);
        T candidates = ops.Unsqueeze(inputs.Candidates, 2);
        T x = Layers.Linear(
            ops,
            "attention/0",
            [new("behaviour", behaviours, d), new("candidate", candidates, d), new("product", ops.Mul(behaviours, candidates), d)],
            options.AttentionUnits[0]);
        T PairMask() => ops.Mul(ops.Unsqueeze(inputs.Mask, 1), ops.Unsqueeze(inputs.CandidateMask, 2));
        for (int i = 0; i < options.AttentionUnits.Count; i++)
        {
            if (i > 0)
            {
                x = Layers.Linear(ops, $"attention/{i}", x, options.AttentionUnits[i - 1], options.AttentionUnits[i]);
            }

            x = Layers.Activate(ops, $"attention/{i}", x, options.AttentionUnits[i], options.Activation, PairMask);
        }

        T weights = ops.Squeeze(Layers.Linear(ops, "attention/weight", x, options.AttentionUnits[^1], 1), -1);
        T mask = ops.Unsqueeze(inputs.Mask, 1);
        if (options.Softmax)
        {
            T padding = ops.Mul(ops.Sub(ops.Constant(1), mask), ops.Constant(MaskedOut));
            weights = ops.Softmax(ops.Add(weights, padding));
        }

        // After a softmax too: an empty history would otherwise share its weight out over padding.
        return ops.Mul(weights, mask);
    }
}
