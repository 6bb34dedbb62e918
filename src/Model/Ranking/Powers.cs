using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>
/// Powers of numeric features, which let a network make super- and sub-linear functions of them with ease (Covington et al., RecSys 2016, section 4.1):
/// x̃, x̃² and √x̃, where x̃ in (0, 1) says how far up its distribution the number is.
/// </summary>
/// <remarks>
/// The paper takes x̃ from the quantiles of the data. Here it is σ(1.702·z) of the number z as the schema scales it, within 0.01 of the share of values
/// below it where scaled numbers are normal (Camilli, 1994). A missing number is the mean, and x̃ a half.
/// </remarks>
internal static class Powers
{
    /// <summary>What makes a logistic function the closest to the normal distribution's.</summary>
    private const float LogisticScale = 1.702f;

    /// <summary>Keeps the slope of the root finite where σ has come down to 0.</summary>
    private const float RootEpsilon = 1e-12f;

    /// <summary>Those of the numbers of candidates, profile and context; nothing where there are none.</summary>
    public static IEnumerable<Part<T>> Parts<T>(ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs) =>
    [
        .. Of(ops, "candidate_powers", inputs.Candidates, layout.ItemWidth, layout.ItemNumbers),
        .. layout.ProfileNumbers > 0
            ? Of(ops, "profile_powers", ops.Unsqueeze(inputs.Profile, 1), layout.ProfileWidth, layout.ProfileNumbers)
            : [],
        .. layout.ContextNumbers > 0
            ? Of(ops, "context_powers", ops.Unsqueeze(inputs.Context, 1), layout.ContextWidth, layout.ContextNumbers)
            : [],
    ];

    /// <param name="ops">The backend.</param>
    /// <param name="name">Of the part.</param>
    /// <param name="x">[…, width], the numbers last.</param>
    /// <param name="width">Of x.</param>
    /// <param name="numbers">How many are numbers.</param>
    private static Part<T>[] Of<T>(ITensorOps<T> ops, string name, T x, int width, int numbers)
    {
        if (numbers == 0)
        {
            return [];
        }

        T place = ops.Sigmoid(ops.Mul(ops.Slice(x, -1, width - numbers, width), ops.Constant(LogisticScale)));
        T root = ops.Sqrt(ops.Add(place, ops.Constant(RootEpsilon)));
        return [new(name, ops.Concat([place, ops.Mul(place, place), root]), 3 * numbers)];
    }
}
