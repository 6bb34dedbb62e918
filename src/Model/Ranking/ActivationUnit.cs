using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>What the activation unit sees beside the behaviour e and the candidate v.</summary>
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
    /// <summary>How behaviour and candidate meet.</summary>
    Interaction Interaction { get; }

    /// <summary>Units of the hidden layers.</summary>
    IReadOnlyList<int> AttentionUnits { get; }

    /// <summary>Whether it sees how many behaviours came after each.</summary>
    bool Recency { get; }

    /// <summary>Between layers.</summary>
    Activation Activation { get; }
}

/// <summary>The local activation unit of <see cref="Din"/>: a small MLP over [e, v, interaction] (Zhou et al., KDD 2018, figure 2).</summary>
/// <remarks>
/// Its first layer is factorised: W·[e, v, e − v, e⊙v] = (W₁ + W₃)e + (W₂ − W₃)v + W₄(e⊙v). It is exact: e's product is paid once
/// a behaviour, v's once a candidate, only the last once a pair. The outer product is v·(Σ_k e_k W_k), with the sum once a behaviour.
/// </remarks>
internal static class ActivationUnit
{
    /// <returns>[R, N, H] weights; those of padding mean nothing.</returns>
    public static T Weights<T>(ITensorOps<T> ops, string name, int width, ScoreInputs<T> inputs, IActivationUnitOptions options)
    {
        T PairMask() => ops.Mul(ops.Unsqueeze(inputs.Mask, 2), ops.Unsqueeze(inputs.CandidateMask, 1));
        T x = FirstLayer(ops, $"{name}/0", width, inputs, options);
        x = Layers.Activate(ops, $"{name}/0", x, options.AttentionUnits[0], options.Activation, PairMask);
        x = Layers.Hidden(ops, name, x, options.AttentionUnits, options.Activation, dropout: 0, PairMask);
        return ops.TransposeLast(ops.Squeeze(Layers.Linear(ops, $"{name}/weight", x, options.AttentionUnits[^1], 1), -1));
    }

    /// <returns>[R, H, N, units].</returns>
    private static T FirstLayer<T>(ITensorOps<T> ops, string first, int width, ScoreInputs<T> inputs, IActivationUnitOptions options)
    {
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
            behaviourTerm = ops.Add(behaviourTerm, ops.MatMul(Recency.Of(ops, inputs.Mask), Weight("recency", Recency.Width, units)));
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
