using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>What the activation unit sees besides the behaviour e and the candidate v.</summary>
public enum Interaction
{
    /// <summary>e − v, as in the first version of the paper.</summary>
    Difference,

    /// <summary>e⊙v.</summary>
    Product,

    /// <summary>e − v and e⊙v, as in the authors' code.</summary>
    Both,

    /// <summary>Every product of an element of e and one of v, as the "out product" of the paper's figure 2.</summary>
    Outer,
}

/// <summary>Options of a model with an activation unit.</summary>
internal interface IActivationUnitOptions
{
    /// <summary>What the unit sees besides behaviour and candidate.</summary>
    Interaction Interaction { get; }

    /// <summary>The units of the hidden layers.</summary>
    IReadOnlyList<int> AttentionUnits { get; }

    /// <summary>True if the unit sees how many behaviours came after each.</summary>
    bool Recency { get; }

    /// <summary>The activation function between layers.</summary>
    Activation Activation { get; }
}

/// <summary>The local activation unit of <see cref="Din"/>: a small MLP over [e, v, interaction] (Zhou et al., KDD 2018, figure 2).</summary>
/// <remarks>
/// Its first layer is factorised exactly: W·[e, v, e − v, e⊙v] = (W₁ + W₃)e + (W₂ − W₃)v + W₄(e⊙v). The product with e is computed once per
/// behaviour and that with v once per candidate; only the last one is computed once per pair. The outer product is v·(Σ_k e_k W_k), with the
/// sum computed once per behaviour.
/// </remarks>
internal static class ActivationUnit
{
    /// <summary>Weighs the behaviours of a history for each candidate.</summary>
    /// <param name="history">The history.</param>
    /// <param name="name">The prefix of the parameters.</param>
    /// <param name="options">The form of the unit.</param>
    /// <returns>[R, N, H] weights. Those of padding are not defined.</returns>
    public static T ActivationWeights<T>(this History<T> history, string name, IActivationUnitOptions options)
    {
        (ITensorOps<T> ops, ScoreInputs<T> inputs) = (history.Scoring.Ops, history.Scoring.Inputs);
        T PairMask() => ops.Mul(ops.Unsqueeze(history.Mask, 2), ops.Unsqueeze(inputs.CandidateMask, 1));
        T first = history.FirstLayer($"{name}/0", options);
        T x = ops.Hidden(name, first, new(options.AttentionUnits, options.Activation), PairMask);
        return ops.TransposeLast(ops.Squeeze(ops.Linear($"{name}/weight", x, options.AttentionUnits[^1], 1), -1));
    }

    /// <summary>The product of the first layer, before its activation.</summary>
    /// <returns>[R, H, N, units].</returns>
    private static T FirstLayer<T>(this History<T> history, string first, IActivationUnitOptions options)
    {
        (ITensorOps<T> ops, ScoreInputs<T> inputs) = (history.Scoring.Ops, history.Scoring.Inputs);
        int width = history.Scoring.Layout.ItemWidth;
        int units = options.AttentionUnits[0];
        Interaction interaction = options.Interaction;
        int fanIn = interaction switch
        {
            Interaction.Both => 4 * width,
            Interaction.Outer => (2 * width) + (width * width),
            _ => 3 * width,
        };
        T Weight(string part, int rows, int columns) =>
            ops.Parameter($"{first}/{part}/weight", [rows, columns], Initializer.Glorot(fanIn, units));

        T behaviourWeight = Weight("behaviour", width, units);
        T candidateWeight = Weight("candidate", width, units);
        if (interaction is Interaction.Difference or Interaction.Both)
        {
            T difference = Weight("difference", width, units);
            behaviourWeight = ops.Add(behaviourWeight, difference);
            candidateWeight = ops.Sub(candidateWeight, difference);
        }

        T behaviourTerm = ops.Linear(inputs.Behaviours, behaviourWeight, ops.Parameter($"{first}/bias", [units], Initializer.Zeros));
        if (options.Recency)
        {
            behaviourTerm = ops.Add(behaviourTerm, ops.MatMul(Recency.Encode(ops, history.Mask), Weight("recency", Recency.Width, units)));
        }

        if (interaction is Interaction.Product or Interaction.Both)
        {
            return ops.PairLinear(inputs.Behaviours, inputs.Candidates, behaviourTerm, candidateWeight, Weight("product", width, units));
        }

        T candidates = ops.Unsqueeze(inputs.Candidates, 1);
        T sum = ops.Add(ops.MatMul(candidates, candidateWeight), ops.Unsqueeze(behaviourTerm, 2));
        return interaction == Interaction.Outer
            ? ops.Add(Outer(ops, candidates, inputs.Behaviours, Weight("outer", width, width * units), units), sum)
            : sum;
    }

    private static T Outer<T>(ITensorOps<T> ops, T candidates, T behaviours, T weight, int units) =>
        ops.MatMul(candidates, ops.SplitLast(ops.MatMul(behaviours, weight), units));
}
