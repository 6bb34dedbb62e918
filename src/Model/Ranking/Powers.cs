using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>
/// Powers of numeric features, which let a network learn super- and sub-linear functions of them easily (Covington et al., RecSys 2016,
/// section 4.1): x̃, x̃² and √x̃, where x̃ in (0, 1) says how far up its distribution the number is.
/// </summary>
/// <remarks>
/// The paper takes x̃ from the quantiles of the data. Here it is σ(1.702·z) of the number z as the schema scales it, within 0.01 of the share of
/// values below it if scaled numbers are normally distributed (Camilli, 1994). A missing number counts as the mean, where x̃ is a half.
/// </remarks>
public static class Powers
{
    /// <summary>The scale at which a logistic function is closest to the normal distribution's.</summary>
    private const float LogisticScale = 1.702f;

    /// <summary>Keeps the slope of the root finite where σ is 0.</summary>
    private const float RootEpsilon = 1e-12f;

    /// <summary>The powers of the numbers of candidates, profile and context. A vector without numbers has no part.</summary>
    internal static IEnumerable<Part<T>> NumberPowers<T>(this Scoring<T> scoring)
    {
        (ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs) = (scoring.Ops, scoring.Layout, scoring.Inputs);
        if (layout.ItemNumbers > 0)
        {
            yield return Raise(ops, "candidate_powers", inputs.Candidates, layout.ItemWidth, layout.ItemNumbers);
        }

        if (layout.ProfileNumbers > 0)
        {
            yield return Raise(ops, "profile_powers", ops.Unsqueeze(inputs.Profile, 1), layout.ProfileWidth, layout.ProfileNumbers);
        }

        if (layout.ContextNumbers > 0)
        {
            yield return Raise(ops, "context_powers", ops.Unsqueeze(inputs.Context, 1), layout.ContextWidth, layout.ContextNumbers);
        }
    }

    /// <summary>Computes the same powers of the numbers of one vector.</summary>
    /// <param name="numbers">The scaled numbers, [count].</param>
    /// <param name="powers">[3·count], overwritten: x̃ of every number, then x̃², then √x̃.</param>
    public static void Raise(ReadOnlySpan<float> numbers, Span<float> powers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            float place = 1 / (1 + MathF.Exp(-LogisticScale * numbers[i]));
            powers[i] = place;
            powers[numbers.Length + i] = place * place;
            powers[(2 * numbers.Length) + i] = MathF.Sqrt(place + RootEpsilon);
        }
    }

    /// <summary>The powers of the numbers of one vector.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="name">The name of the part.</param>
    /// <param name="x">[…, width], the numbers last.</param>
    /// <param name="width">The width of x.</param>
    /// <param name="numbers">How many of its floats are numbers, at least 1.</param>
    private static Part<T> Raise<T>(ITensorOps<T> ops, string name, T x, int width, int numbers)
    {
        T place = ops.Sigmoid(ops.Mul(ops.Slice(x, -1, width - numbers, width), ops.Constant(LogisticScale)));
        T root = ops.Sqrt(ops.Add(place, ops.Constant(RootEpsilon)));
        return new(name, ops.Concat([place, ops.Mul(place, place), root]), 3 * numbers);
    }
}
