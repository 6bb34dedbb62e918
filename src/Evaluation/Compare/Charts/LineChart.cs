using System.Globalization;

namespace DinOrleans.Evaluation.Compare.Charts;

/// <summary>A curve.</summary>
/// <param name="Name">The name that is shown when the pointer is on the curve.</param>
/// <param name="Colour">An SVG colour.</param>
/// <param name="Points">The points. A point with a NaN is left out.</param>
internal sealed record Series(string Name, string Colour, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Draws curves over a common pair of axes.</summary>
internal static class LineChart
{
    private const int Width = 400;
    private const int Height = 260;
    private const int Left = 52;
    private const int Right = 388;
    private const int Top = 12;
    private const int Bottom = 218;

    /// <summary>Draws a chart.</summary>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="xName">The name of the horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="series">The curves.</param>
    /// <param name="diagonal">True to draw the line on which x equals y.</param>
    public static string Draw(Axis x, string xName, Axis y, IReadOnlyList<Series> series, bool diagonal = false)
    {
        var svg = new Svg(Width, Height);
        foreach (double tick in y.Ticks)
        {
            double at = y.Pixel(tick, Bottom, Top);
            svg.Line(Left, at, Right, at, "grid");
            svg.Text(Left - 6, at + 4, y.Label(tick), "end");
        }

        foreach (double tick in x.Ticks)
        {
            double at = x.Pixel(tick, Left, Right);
            svg.Line(at, Bottom, at, Bottom + 4, "grid");
            svg.Text(at, Bottom + 18, x.Label(tick), "middle");
        }

        svg.Text((Left + Right) / 2.0, Height - 6, xName, "middle");
        if (diagonal)
        {
            double low = Math.Max(x.Low, y.Low);
            double high = Math.Min(x.High, y.High);
            svg.Line(x.Pixel(low, Left, Right), y.Pixel(low, Bottom, Top), x.Pixel(high, Left, Right), y.Pixel(high, Bottom, Top), "diagonal");
        }

        foreach (Series curve in series)
        {
            (double X, double Y)[] points = [.. curve.Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y))];
            svg.Polyline(points.Select(p => (x.Pixel(p.X, Left, Right), y.Pixel(p.Y, Bottom, Top))), curve.Colour);
            foreach ((double px, double py) in points)
            {
                svg.Circle(
                    x.Pixel(px, Left, Right),
                    y.Pixel(py, Bottom, Top),
                    curve.Colour,
                    string.Create(CultureInfo.InvariantCulture, $"{curve.Name}: {px:0.####}, {py:0.####}"));
            }
        }

        return svg.ToString();
    }
}
