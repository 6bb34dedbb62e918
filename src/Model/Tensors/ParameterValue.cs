namespace DinOrleans.Model.Tensors;

/// <summary>The values of a parameter or a moving statistic, row-major.</summary>
/// <param name="Shape">The lengths of the axes.</param>
/// <param name="Data">The values, as many as the product of the lengths.</param>
public sealed record ParameterValue(int[] Shape, float[] Data);
