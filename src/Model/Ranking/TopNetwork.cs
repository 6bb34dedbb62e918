using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>The multi-layer perceptron on top of the pooled history, the candidate, the profile and the context.</summary>
internal static class TopNetwork
{
    /// <summary>MLP([u, v, u⊙v, profile, context]) + item bias.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="layout">Widths.</param>
    /// <param name="inputs">The candidates, profile and context.</param>
    /// <param name="interest">u, [R, N, d] or [R, 1, d].</param>
    /// <param name="options">Layer sizes and activation.</param>
    /// <returns>[R, N, K] logits.</returns>
    public static T Logits<T>(ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs, T interest, TopOptions options)
    {
        int d = layout.ItemWidth;
        List<Part<T>> parts =
        [
            new("interest", interest, d),
            new("candidate", inputs.Candidates, d),
            new("product", ops.Mul(interest, inputs.Candidates), d),
        ];
        if (layout.ProfileWidth > 0)
        {
            parts.Add(new("profile", ops.Unsqueeze(inputs.Profile, 1), layout.ProfileWidth));
        }

        if (layout.ContextWidth > 0)
        {
            parts.Add(new("context", ops.Unsqueeze(inputs.Context, 1), layout.ContextWidth));
        }

        T x = Layers.Linear(ops, "top/0", parts, options.Units[0]);
        for (int i = 0; i < options.Units.Count; i++)
        {
            if (i > 0)
            {
                x = Layers.Linear(ops, $"top/{i}", x, options.Units[i - 1], options.Units[i]);
            }

            x = ops.Dropout(Layers.Activate(ops, $"top/{i}", x, options.Units[i], options.Activation, () => inputs.CandidateMask), options.Dropout);
        }

        T logits = Layers.Linear(ops, "top/logit", x, options.Units[^1], layout.TaskCount);
        return options.UseBias ? ops.Add(logits, inputs.CandidateBias) : logits;
    }
}

/// <summary>Options of the top network.</summary>
/// <param name="Units">Units of each hidden layer.</param>
/// <param name="Activation">Between layers.</param>
/// <param name="Dropout">Rate after each hidden layer.</param>
/// <param name="UseBias">Whether to add the item bias.</param>
internal sealed record TopOptions(IReadOnlyList<int> Units, Activation Activation, float Dropout, bool UseBias);
