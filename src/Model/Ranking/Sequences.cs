using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>
/// The sequences beside the main one. All share the behaviours' axis, each with a mask of its own, so that a model handles one by
/// looking through its mask.
/// </summary>
internal static class Sequences
{
    /// <summary>What a model makes of each sequence beside the main one.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="layout">Names the sequences.</param>
    /// <param name="inputs">Those of the main sequence.</param>
    /// <param name="make">Given a sequence's name, and the inputs with its mask for the main one's.</param>
    public static List<(string Name, TMade Made)> Each<T, TMade>(
        ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs, Func<string, ScoreInputs<T>, TMade> make)
    {
        List<(string, TMade)> made = [];
        for (int s = 0; s < layout.Sequences.Count; s++)
        {
            T mask = ops.Squeeze(ops.Slice(inputs.SequenceMask!, -1, s, s + 1), -1);
            made.Add((layout.Sequences[s], make(layout.Sequences[s], inputs with { Mask = mask })));
        }

        return made;
    }

    /// <summary>Each pooled without looking at the candidate.</summary>
    /// <returns>[R, 1, d] each.</returns>
    public static List<(string Name, T Made)> Pooled<T>(ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs, Pooling pooling) =>
        Each(ops, layout, inputs, (_, own) => History.Pool(ops, own, pooling));

    /// <summary>The parts of a top network that they are.</summary>
    public static IEnumerable<Part<T>> Parts<T>(ScoreLayout layout, IEnumerable<(string Name, T Made)> interests) =>
        interests.Select(i => new Part<T>($"interest_{i.Name}", i.Made, layout.ItemWidth));

    /// <summary>Those parts, and the products of each with the candidates.</summary>
    public static IEnumerable<Part<T>> PartsAndProducts<T>(
        ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs, IReadOnlyList<(string Name, T Made)> interests) =>
    [
        .. Parts(layout, interests),
        .. interests.Select(i => new Part<T>($"product_{i.Name}", ops.Mul(i.Made, inputs.Candidates), layout.ItemWidth)),
    ];
}
