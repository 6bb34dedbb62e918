using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>How the vectors of a history become one vector.</summary>
public enum Pooling
{
    /// <summary>Their mean. It is zero for an empty history.</summary>
    Average,

    /// <summary>Their sum, which grows with the length of the history.</summary>
    Sum,
}

/// <summary>
/// What one behaviour sequence holds for each ranking. All sequences share the axis of the behaviours, and each has its own mask on it.
/// </summary>
/// <param name="scoring">The computation that the history belongs to.</param>
/// <param name="suffix">What the names of the sequence's parameters end in: empty for the main sequence, <c>_name</c> for another.</param>
/// <param name="mask">[R, H], 1 for a behaviour of the sequence, 0 for padding and the behaviours of other sequences.</param>
internal sealed class History<T>(Scoring<T> scoring, string suffix, T mask)
{
    private const float MaskedOut = -1e9f;

    public Scoring<T> Scoring => scoring;

    public string Suffix => suffix;

    public T Mask => mask;

    private ITensorOps<T> Ops => scoring.Ops;

    /// <summary>Pools the behaviours without looking at the candidate.</summary>
    /// <returns>[R, 1, d].</returns>
    public T Pool(Pooling pooling)
    {
        T own = Ops.Unsqueeze(mask, -1);
        T sum = Ops.Sum(Ops.Mul(scoring.Inputs.Behaviours, own), 1, keepAxis: true);
        if (pooling == Pooling.Sum)
        {
            return sum;
        }

        // An empty history has length 0 and sum 0: the tiny constant makes its mean 0 and leaves every other mean as it is.
        T length = Ops.Sum(own, 1, keepAxis: true);
        return Ops.Div(sum, Ops.Add(length, Ops.Constant(1e-9f)));
    }

    /// <summary>Makes the weights of the history sum to one. The weight of everything else is 0, and so are all weights of an empty history.</summary>
    /// <param name="weights">[R, N, H].</param>
    public T Softmax(T weights)
    {
        T own = Ops.Unsqueeze(mask, 1);
        T padding = Ops.Mul(Ops.Sub(Ops.Constant(1), own), Ops.Constant(MaskedOut));

        // Masked after the softmax too: an empty history would otherwise divide its weight among the padding.
        return Ops.Mul(Ops.Softmax(Ops.Add(weights, padding)), own);
    }

    /// <summary>Sets every weight outside the history to 0.</summary>
    /// <param name="weights">[R, N, H].</param>
    public T Only(T weights) => Ops.Mul(weights, Ops.Unsqueeze(mask, 1));

    /// <summary>The sum of a candidate's weights, which says how strong the interest is, whatever it is in.</summary>
    /// <param name="weights">[R, N, H].</param>
    public Part<T> Intensity(T weights) => new($"intensity{suffix}", Ops.Sum(weights, -1, keepAxis: true), 1);
}
