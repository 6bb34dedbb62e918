namespace DinOrleans.Training.Torch;

/// <summary>Fills spans with random initial values.</summary>
internal static class Distributions
{
    /// <summary>Fills with values that are uniform in ±bound.</summary>
    public static void FillUniform(Random random, float bound, Span<float> values)
    {
        foreach (ref float value in values)
        {
            value = ((2 * random.NextSingle()) - 1) * bound;
        }
    }

    /// <summary>Fills with normal values of mean 0 (Box and Muller, 1958).</summary>
    public static void FillNormal(Random random, float standardDeviation, Span<float> values)
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            double radius = standardDeviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            (double sin, double cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            values[i] = (float)(radius * cos);
            if (i + 1 < values.Length)
            {
                values[i + 1] = (float)(radius * sin);
            }
        }
    }
}
