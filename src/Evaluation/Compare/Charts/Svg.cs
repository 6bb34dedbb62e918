using System.Globalization;
using System.Net;
using System.Text;

namespace DinOrleans.Evaluation.Compare.Charts;

/// <summary>Writes SVG elements, with numbers in the invariant culture and escaped text.</summary>
internal sealed class Svg(int width, int height)
{
    private readonly StringBuilder _content = new();

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        _content.Append(CultureInfo.InvariantCulture, $"""<line class="{style}" x1="{Number(x1)}" y1="{Number(y1)}" x2="{Number(x2)}" y2="{Number(y2)}"/>""");

    public void Polyline(IEnumerable<(double X, double Y)> points, string colour) => _content.Append(
        CultureInfo.InvariantCulture, $"""<polyline class="series" stroke="{colour}" points="{string.Join(' ', points.Select(p => $"{Number(p.X)},{Number(p.Y)}"))}"/>""");

    public void Circle(double x, double y, string colour, string title) => _content.Append(
        CultureInfo.InvariantCulture, $"""<circle cx="{Number(x)}" cy="{Number(y)}" r="3" fill="{colour}"><title>{WebUtility.HtmlEncode(title)}</title></circle>""");

    public void Rectangle(double x, double y, double w, double h, string colour, string title) => _content.Append(
        CultureInfo.InvariantCulture,
        $"""<rect x="{Number(x)}" y="{Number(y)}" width="{Number(w)}" height="{Number(h)}" fill="{colour}"><title>{WebUtility.HtmlEncode(title)}</title></rect>""");

    /// <summary>Writes text.</summary>
    /// <param name="x">The horizontal place of the anchor.</param>
    /// <param name="y">The vertical place of the baseline.</param>
    /// <param name="text">The text, which is escaped here.</param>
    /// <param name="anchor">The part of the text that is at the anchor: start, middle or end.</param>
    /// <param name="degrees">The clockwise rotation about the anchor in degrees.</param>
    public void Text(double x, double y, string text, string anchor = "start", double degrees = 0) => _content.Append(
        CultureInfo.InvariantCulture,
        $"""<text x="{Number(x)}" y="{Number(y)}" text-anchor="{anchor}"{(degrees == 0 ? "" : $" transform=\"rotate({Number(degrees)} {Number(x)} {Number(y)})\"")}>{WebUtility.HtmlEncode(text)}</text>""");

    /// <inheritdoc/>
    public override string ToString() =>
        $"""<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">{_content}</svg>""";
}
