using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>How recent each behaviour is, by how many came after it.</summary>
public static class Recency
{
    /// <summary>Where half of a number is left: among the last one, few, dozens, or a long history's hundreds.</summary>
    private static readonly float[] HalfLives = [1, 4, 16, 64];

    /// <summary>Numbers a behaviour.</summary>
    public static int Width => HalfLives.Length;

    /// <summary>s / (s + n) for each half-life s, n being the behaviours after it: 1 of the last one. Any length of history will do.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="mask">[R, H].</param>
    /// <returns>[R, H, <see cref="Width"/>].</returns>
    public static T Of<T>(ITensorOps<T> ops, T mask)
    {
        T after = ops.Unsqueeze(ops.Sub(ops.Sum(mask, -1, keepAxis: true), ops.CumulativeSum(mask)), -1);
        return ops.Concat([.. HalfLives.Select(s => ops.Div(ops.Constant(s), ops.Add(after, ops.Constant(s))))]);
    }

    /// <summary>The same of one behaviour.</summary>
    /// <param name="after">Behaviours after it.</param>
    /// <param name="numbers">[<see cref="Width"/>], overwritten.</param>
    public static void Of(int after, Span<float> numbers)
    {
        for (int i = 0; i < HalfLives.Length; i++)
        {
            numbers[i] = HalfLives[i] / (after + HalfLives[i]);
        }
    }
}
