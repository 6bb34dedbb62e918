using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>How recent a behaviour is, as numbers that a network can use: s / (s + n) for each half-life s, where n behaviours came after it.</summary>
public static class Recency
{
    /// <summary>The half-lives, counted in behaviours. They tell the last behaviour from the last few, dozens and hundreds.</summary>
    private static readonly float[] HalfLives = [1, 4, 16, 64];

    /// <summary>The count of numbers per behaviour.</summary>
    public static int Width => HalfLives.Length;

    /// <summary>Computes the numbers of every behaviour, for histories of any length.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="mask">[R, H], 1 for a behaviour that counts.</param>
    /// <returns>[R, H, <see cref="Width"/>]; 1 for the last behaviour.</returns>
    public static T Encode<T>(ITensorOps<T> ops, T mask)
    {
        T after = ops.Unsqueeze(ops.Sub(ops.Sum(mask, -1, keepAxis: true), ops.CumulativeSum(mask)), -1);
        return ops.Concat([.. HalfLives.Select(s => ops.Div(ops.Constant(s), ops.Add(after, ops.Constant(s))))]);
    }

    /// <summary>Computes the same numbers of one behaviour.</summary>
    /// <param name="after">The number of behaviours after it.</param>
    /// <param name="numbers">[<see cref="Width"/>], overwritten.</param>
    public static void Encode(int after, Span<float> numbers)
    {
        for (int i = 0; i < HalfLives.Length; i++)
        {
            numbers[i] = HalfLives[i] / (after + HalfLives[i]);
        }
    }
}
