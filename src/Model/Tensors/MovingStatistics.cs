namespace DinOrleans.Model.Tensors;

/// <summary>What <see cref="ITensorOps{T}.Standardise"/> keeps beside the parameters.</summary>
public static class MovingStatistics
{
    /// <summary>Name of the moving mean, [channels].</summary>
    public static string Mean(string name) => name + "/moving_mean";

    /// <summary>Name of the moving variance, [channels].</summary>
    public static string Variance(string name) => name + "/moving_variance";
}
