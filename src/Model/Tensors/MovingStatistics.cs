namespace DinOrleans.Model.Tensors;

/// <summary>What <see cref="ITensorOps{T}.Standardise"/> keeps beside the parameters.</summary>
public static class MovingStatistics
{
    /// <summary>ε, added to a variance before its root (Dice, Zhou et al., KDD 2018).</summary>
    public const float VarianceEpsilon = 1e-8f;

    /// <summary>Name of the moving mean, [channels].</summary>
    public static string Mean(string name) => name + "/moving_mean";

    /// <summary>Name of the moving variance, [channels].</summary>
    public static string Variance(string name) => name + "/moving_variance";
}
