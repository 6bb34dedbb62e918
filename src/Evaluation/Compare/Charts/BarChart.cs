using System.Globalization;

namespace DinOrleans.Evaluation.Compare.Charts;

/// <summary>The bars of one series.</summary>
/// <param name="Name">The name that is shown when the pointer is on a bar.</param>
/// <param name="Colour">An SVG colour.</param>
/// <param name="Values">One value per group. A NaN has no bar.</param>
internal sealed record Bars(string Name, string Colour, IReadOnlyList<double> Values);

/// <summary>Draws bars side by side in groups.</summary>
internal static class BarChart
{
    private const int Width = 400;
    private const int Height = 240;
    private const int Left = 52;
    private const int Right = 388;
    private const int Top = 12;
    private const int Bottom = 196;
    private const double GroupShare = 0.8;

    /// <summary>Draws a chart.</summary>
    /// <param name="groups">The names of the groups.</param>
    /// <param name="xName">The name of the horizontal axis.</param>
    /// <param name="series">The series, each with one value per group.</param>
    public static string Draw(IReadOnlyList<string> groups, string xName, IReadOnlyList<Bars> series)
    {
        var svg = new Svg(Width, Height);
        Axis y = Axis.Over(series.SelectMany(s => s.Values));
        foreach (double tick in y.Ticks)
        {
            double at = y.Pixel(tick, Bottom, Top);
            svg.Line(Left, at, Right, at, "grid");
            svg.Text(Left - 6, at + 4, y.Label(tick), "end");
        }

        double group = (Right - Left) / (double)Math.Max(1, groups.Count);
        double bar = group * GroupShare / Math.Max(1, series.Count);
        for (int g = 0; g < groups.Count; g++)
        {
            double start = Left + (group * (g + ((1 - GroupShare) / 2)));
            svg.Text(Left + (group * (g + 0.5)), Bottom + 18, groups[g], "middle");
            for (int s = 0; s < series.Count; s++)
            {
                double value = series[s].Values[g];
                if (double.IsFinite(value))
                {
                    double top = y.Pixel(value, Bottom, Top);
                    string title = string.Create(CultureInfo.InvariantCulture, $"{series[s].Name}, {groups[g]}: {value:F4}");
                    svg.Rectangle(start + (bar * s), top, Math.Max(1, bar - 1), Bottom - top, series[s].Colour, title);
                }
            }
        }

        svg.Line(Left, Bottom, Right, Bottom, "grid");
        svg.Text((Left + Right) / 2.0, Height - 6, xName, "middle");
        return svg.ToString();
    }
}
