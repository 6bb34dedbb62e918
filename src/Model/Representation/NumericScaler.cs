using System.Globalization;
using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Representation;

/// <summary>
/// Scales a numeric feature to near mean 0 and variance 1. A missing value becomes 0, the mean. The result is bounded, in training and in
/// serving alike: a network multiplies its inputs with each other, so one extreme number could make every score of a ranking infinite or NaN.
/// </summary>
/// <param name="Normalisation">The kind of scaling.</param>
/// <param name="Mean">The mean of the transformed values over the training window.</param>
/// <param name="StandardDeviation">The standard deviation of the transformed values, above 0.</param>
public sealed record NumericScaler(Normalisation Normalisation, double Mean, double StandardDeviation)
{
    /// <summary>The largest absolute value of a number that is scaled, in standard deviations.</summary>
    public const float LargestScaled = 20;

    /// <summary>The largest absolute value of a number that is used as it is (<see cref="Normalisation.None"/>).</summary>
    public const float LargestRaw = 10_000;

    /// <summary>Learns the statistics of a feature.</summary>
    /// <param name="normalisation">The kind of scaling.</param>
    /// <param name="values">The values of the training window; NaN for a missing one.</param>
    public static NumericScaler Fit(Normalisation normalisation, ReadOnlySpan<float> values)
    {
        double count = 0, mean = 0, squares = 0;
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                continue;
            }

            // Welford's running mean and sum of squared differences.
            count++;
            double x = Transform(normalisation, value);
            double delta = x - mean;
            mean += delta / count;
            squares += delta * (x - mean);
        }

        double deviation = count > 1 ? Math.Sqrt(squares / count) : 0;
        return new(normalisation, mean, deviation > 0 ? deviation : 1);
    }

    /// <summary>Scales and bounds a value. NaN and infinities count as missing.</summary>
    public float Scale(float value)
    {
        if (!float.IsFinite(value))
        {
            return 0;
        }

        return Normalisation == Normalisation.None
            ? Math.Clamp(value, -LargestRaw, LargestRaw)
            : (float)Math.Clamp((Transform(Normalisation, value) - Mean) / StandardDeviation, -LargestScaled, LargestScaled);
    }

    /// <summary>Parses a number in invariant notation and scales it. Null and text that is not a number count as missing.</summary>
    public float Scale(string? value) =>
        float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) ? Scale(number) : 0;

    private static double Transform(Normalisation normalisation, float value) =>
        normalisation == Normalisation.LogStandard ? Math.CopySign(Math.Log(1 + Math.Abs((double)value)), value) : value;
}
