namespace DinOrleans.Evaluation.Compare.Charts;

/// <summary>The colours of the models, which colour-blind readers can tell apart too (Okabe and Ito, 2008), and those of heat maps.</summary>
internal static class Palette
{
    private static readonly string[] Series = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8c6d31"];

    public static string Pick(int series) => Series[series % Series.Length];

    /// <summary>The colour of a weight: white at 0, orange at 1, blue at −1.</summary>
    public static string Heat(double value)
    {
        double strength = Math.Clamp(Math.Abs(value), 0, 1);
        (int r, int g, int b) = value >= 0 ? (213, 94, 0) : (0, 114, 178);
        int Mix(int channel) => (int)Math.Round(255 + (strength * (channel - 255)));
        return $"#{Mix(r):x2}{Mix(g):x2}{Mix(b):x2}";
    }
}
