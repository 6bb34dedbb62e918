using System.Globalization;
using DinOrleans.Evaluation.Compare.Measures;

namespace DinOrleans.Evaluation.Compare.Charts;

/// <summary>Draws the weight of each behaviour for each candidate as a colour. The largest weight of the ranking has the full colour.</summary>
internal static class HeatMap
{
    private const int Cell = 34;
    private const int LongestLabel = 34;
    private const int LabelWidth = 280;
    private const int Top = 10;

    public static string Draw(AttentionExample example)
    {
        int rows = example.Behaviours.Count;
        int columns = example.Candidates.Count;
        int foot = 24 + (18 * columns);
        var svg = new Svg(LabelWidth + (Math.Max(columns, 9) * Cell) + 10, Top + (rows * Cell * 2 / 3) + foot);
        double strongest = Math.Max(1e-9, example.Candidates.SelectMany(c => c.Weights).Select(Math.Abs).DefaultIfEmpty(0).Max());
        int height = Cell * 2 / 3;
        for (int h = 0; h < rows; h++)
        {
            int y = Top + (h * height);
            svg.Text(LabelWidth - 8, y + (height / 2) + 4, $"{h + 1}. {Short(example.Behaviours[h])}", "end");
            for (int n = 0; n < columns; n++)
            {
                double weight = example.Candidates[n].Weights[h];
                int x = LabelWidth + (n * Cell);
                svg.Rectangle(x, y, Cell - 1, height - 1, Palette.Heat(weight / strongest), string.Create(CultureInfo.InvariantCulture, $"{weight:G4}"));
                svg.Text(x + (Cell / 2) - 1, y + (height / 2) + 4, weight.ToString("0.00", CultureInfo.InvariantCulture), "middle");
            }
        }

        int bottom = Top + (rows * height);
        for (int n = 0; n < columns; n++)
        {
            AttentionCandidate candidate = example.Candidates[n];
            svg.Text(LabelWidth + (n * Cell) + (Cell / 2), bottom + 16, $"{(char)('A' + n)}", "middle");
            string chosen = candidate.IsPositive ? "chosen" : "not chosen";
            svg.Text(8, bottom + 34 + (18 * n), string.Create(
                CultureInfo.InvariantCulture, $"{(char)('A' + n)}  {candidate.Item} — {chosen}, score {candidate.Score:F3}"));
        }

        return svg.ToString();
    }

    private static string Short(string label) => label.Length <= LongestLabel ? label : label[..(LongestLabel - 1)] + "…";
}
