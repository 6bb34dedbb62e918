using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>
/// One computation of a model: the backend, the widths of the vectors, and the vectors that are scored. Its methods, which are extensions
/// beside their options, compute what models have in common.
/// </summary>
internal sealed class Scoring<T>
{
    /// <param name="ops">The backend that computes.</param>
    /// <param name="layout">The widths of the vectors.</param>
    /// <param name="inputs">The vectors.</param>
    public Scoring(ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs)
    {
        Ops = ops;
        Layout = layout;
        Inputs = inputs;
        Histories = [new(this, suffix: "", inputs.Mask), .. layout.Sequences.Select((name, s) => new History<T>(this, $"_{name}", MaskOf(s)))];
    }

    /// <summary>The backend that computes.</summary>
    public ITensorOps<T> Ops { get; }

    /// <summary>The widths of the vectors.</summary>
    public ScoreLayout Layout { get; }

    /// <summary>The vectors that are scored.</summary>
    public ScoreInputs<T> Inputs { get; }

    /// <summary>One history per behaviour sequence: the main one, then the others in the order of the layout.</summary>
    public IReadOnlyList<History<T>> Histories { get; }

    private T MaskOf(int sequence) => Ops.Squeeze(Ops.Slice(Inputs.SequenceMask!, -1, sequence, sequence + 1), -1);
}
