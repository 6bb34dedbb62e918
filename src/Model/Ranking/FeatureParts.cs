using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>The vectors that a network over all features sees, as the parts of its input.</summary>
internal static class FeatureParts
{
    /// <summary>[u, v, profile, context] of the main sequence, then u of each other sequence; with u⊙v for every u if asked for.</summary>
    /// <param name="scoring">The computation.</param>
    /// <param name="interests">u of each history: [R, N, d], or [R, 1, d] if it does not depend on the candidate.</param>
    /// <param name="products">True to add the products u⊙v.</param>
    public static List<Part<T>> AllFeatures<T>(this Scoring<T> scoring, IReadOnlyList<T> interests, bool products = false) =>
        [.. scoring.MainFeatures(interests[0], products), .. scoring.OtherInterests(interests, products)];

    /// <summary>[u, v, profile, context] of the main sequence; with u⊙v after v if asked for.</summary>
    /// <param name="scoring">The computation.</param>
    /// <param name="interest">u, [R, N, d] or [R, 1, d].</param>
    /// <param name="products">True to add the product u⊙v.</param>
    public static IEnumerable<Part<T>> MainFeatures<T>(this Scoring<T> scoring, T interest, bool products) =>
    [
        new("interest", interest, scoring.Layout.ItemWidth),
        new("candidate", scoring.Inputs.Candidates, scoring.Layout.ItemWidth),
        .. products ? [scoring.Product("product", interest)] : (Part<T>[])[],
        .. scoring.Profile(),
        .. scoring.Context(),
    ];

    /// <summary>u of each sequence besides the main one, then the products u⊙v if asked for.</summary>
    /// <param name="scoring">The computation.</param>
    /// <param name="interests">u of each history, that of the main one included.</param>
    /// <param name="products">True to add the products.</param>
    public static IEnumerable<Part<T>> OtherInterests<T>(this Scoring<T> scoring, IReadOnlyList<T> interests, bool products = false)
    {
        (History<T> History, T Interest)[] others = [.. scoring.Histories.Zip(interests).Skip(1)];
        return
        [
            .. others.Select(o => new Part<T>($"interest{o.History.Suffix}", o.Interest, scoring.Layout.ItemWidth)),
            .. products ? others.Select(o => scoring.Product($"product{o.History.Suffix}", o.Interest)) : [],
        ];
    }

    /// <summary>The profile, [R, 1, p]; nothing if p is 0.</summary>
    public static Part<T>[] Profile<T>(this Scoring<T> scoring) => scoring.Layout.ProfileWidth > 0
        ? [new("profile", scoring.Ops.Unsqueeze(scoring.Inputs.Profile, 1), scoring.Layout.ProfileWidth)]
        : [];

    /// <summary>The context, [R, 1, c]; nothing if c is 0.</summary>
    public static Part<T>[] Context<T>(this Scoring<T> scoring) => scoring.Layout.ContextWidth > 0
        ? [new("context", scoring.Ops.Unsqueeze(scoring.Inputs.Context, 1), scoring.Layout.ContextWidth)]
        : [];

    private static Part<T> Product<T>(this Scoring<T> scoring, string name, T interest) =>
        new(name, scoring.Ops.Mul(interest, scoring.Inputs.Candidates), scoring.Layout.ItemWidth);
}
