namespace DinOrleans.Model.Tensors;

/// <summary>The statistics that <see cref="ITensorOps{T}.Standardise"/> keeps in addition to the parameters.</summary>
public static class MovingStatistics
{
    /// <summary>ε of Dice, added to a variance before its root (Zhou et al., KDD 2018).</summary>
    public const float DiceEpsilon = 1e-8f;

    /// <summary>ε of batch normalisation, the usual value of libraries. Its output is not bounded, so a channel that hardly varies must not become large.</summary>
    public const float BatchNormEpsilon = 1e-5f;

    /// <summary>The name of the moving mean, [channels].</summary>
    public static string Mean(string name) => name + "/moving_mean";

    /// <summary>The name of the moving variance, [channels].</summary>
    public static string Variance(string name) => name + "/moving_variance";
}
