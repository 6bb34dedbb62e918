namespace DinOrleans.Model.Tensors;

/// <summary>What <see cref="ITensorOps{T}.Standardise"/> keeps beside the parameters.</summary>
public static class MovingStatistics
{
    /// <summary>ε of Dice, added to a variance before its root (Zhou et al., KDD 2018).</summary>
    public const float DiceEpsilon = 1e-8f;

    /// <summary>ε of batch normalisation, as its libraries have it: its output is not bounded, and a channel that hardly varies must not be blown up.</summary>
    public const float BatchNormEpsilon = 1e-5f;

    /// <summary>Name of the moving mean, [channels].</summary>
    public static string Mean(string name) => name + "/moving_mean";

    /// <summary>Name of the moving variance, [channels].</summary>
    public static string Variance(string name) => name + "/moving_variance";
}
