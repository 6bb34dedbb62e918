using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>The sum of one weight per feature value: the linear half of factorisation machines and wide models.</summary>
/// <remarks>The weight of a value is ⟨w, e⟩ of its embedding e, which can be any number for each value.</remarks>
internal static class FirstOrder
{
    /// <summary>The name of the parameter that is added to every logit of a task.</summary>
    public const string OutputBias = "linear/bias";

    /// <summary>Sums the weights of all features.</summary>
    /// <returns>[R, N, K].</returns>
    public static T FirstOrderLogits<T>(this Scoring<T> scoring, IReadOnlyList<Part<T>> parts) =>
        scoring.Ops.Linear("linear", parts, scoring.Layout.TaskCount);
}
