using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>How behaviours are pooled into one vector.</summary>
public enum Pooling
{
    /// <summary>Their mean; zero of an empty history.</summary>
    Average,

    /// <summary>Their sum, which grows with the length of the history.</summary>
    Sum,
}

/// <summary>What models make of a history without looking at the candidate.</summary>
internal static class History
{
    private const float MaskedOut = -1e9f;

    /// <returns>[R, 1, d].</returns>
    public static T Pool<T>(ITensorOps<T> ops, ScoreInputs<T> inputs, Pooling pooling)
    {
        T mask = ops.Unsqueeze(inputs.Mask, -1);
        T sum = ops.Sum(ops.Mul(inputs.Behaviours, mask), 1, keepAxis: true);
        if (pooling == Pooling.Sum)
        {
            return sum;
        }

        // An empty history has length 0 and sum 0: the tiny constant makes its mean 0 and leaves every other as it is.
        T length = ops.Sum(mask, 1, keepAxis: true);
        return ops.Div(sum, ops.Add(length, ops.Constant(1e-9f)));
    }

    /// <summary>Softmax over the behaviours of a history; padding gets 0, and so does all of an empty history.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="scores">[R, N, H].</param>
    /// <param name="inputs">The mask.</param>
    public static T Softmax<T>(ITensorOps<T> ops, T scores, ScoreInputs<T> inputs)
    {
        T mask = ops.Unsqueeze(inputs.Mask, 1);
        T padding = ops.Mul(ops.Sub(ops.Constant(1), mask), ops.Constant(MaskedOut));

        // Masked after it too: an empty history would otherwise share its weight out over padding.
        return ops.Mul(ops.Softmax(ops.Add(scores, padding)), mask);
    }
}
