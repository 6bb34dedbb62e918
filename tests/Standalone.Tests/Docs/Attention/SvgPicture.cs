using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace DinOrleans.Standalone.Tests.Docs.Attention;

/// <summary>A picture of rectangles and text, which can be read on light and dark pages.</summary>
/// <param name="title">What it shows, for those who cannot see it.</param>
/// <param name="width">In pixels.</param>
/// <param name="height">In pixels.</param>
internal sealed class SvgPicture(string title, int width, int height)
{
    private readonly StringBuilder _shapes = new();

    /// <param name="strength">How dark it is, 0 to 1.</param>
    public void Cell(double x, double y, double w, double h, double strength, string hint) => _shapes.Append(
        CultureInfo.InvariantCulture,
        $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{w:0.#}\" height=\"{h:0.#}\" fill=\"#1d4ed8\" fill-opacity=\"{strength:0.###}\"><title>{Escape(hint)}</title></rect>\n");

    public void Frame(double x, double y, double w, double h, string colour) => _shapes.Append(
        CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{w:0.#}\" height=\"{h:0.#}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\"/>\n");

    /// <param name="turn">The degrees by which the text is turned around its beginning.</param>
    public void Text(double x, double y, string text, string anchor = "start", int size = 12, int turn = 0) => _shapes.Append(
        CultureInfo.InvariantCulture,
        $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{(turn == 0 ? "" : $" transform=\"rotate({turn} {x:0.#} {y:0.#})\"")}>{Escape(text)}</text>\n");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" font-family="sans-serif" fill="#111827">
        <title>{Escape(title)}</title>
        <rect width="{width}" height="{height}" fill="#ffffff"/>
        {_shapes}</svg>

        """);

    private static string Escape(string text) => new XText(text).ToString();
}
