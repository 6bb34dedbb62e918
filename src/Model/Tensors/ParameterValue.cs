namespace DinOrleans.Model.Tensors;

/// <summary>The values of a parameter or a moving statistic, row-major.</summary>
/// <param name="Shape">Dimensions.</param>
/// <param name="Data">As many floats as the dimensions' product.</param>
public sealed record ParameterValue(int[] Shape, float[] Data);
