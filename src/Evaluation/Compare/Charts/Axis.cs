using System.Globalization;

namespace DinOrleans.Evaluation.Compare.Charts;

/// <summary>An axis: a range of values with round ticks, which is mapped to pixels.</summary>
/// <param name="Low">The first tick.</param>
/// <param name="High">The last tick.</param>
/// <param name="Step">The distance between ticks.</param>
internal readonly record struct Axis(double Low, double High, double Step)
{
    private const int MostSteps = 6;

    /// <summary>The ticks.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            (double low, double step) = (Low, Step);
            return Enumerable.Range(0, (int)Math.Round((High - Low) / Step) + 1).Select(i => low + (i * step));
        }
    }

    /// <summary>Makes an axis that spans all finite values.</summary>
    public static Axis Over(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double low = finite.DefaultIfEmpty(0).Min();
        double high = finite.DefaultIfEmpty(1).Max();
        double span = Math.Max(high - low, Math.Max(Math.Abs(high) * 0.01, 1e-6));
        double power = Math.Pow(10, Math.Floor(Math.Log10(span / MostSteps)));
        double step = new[] { 1, 2, 5, 10 }.Select(m => m * power).First(s => span / s <= MostSteps);
        double first = Math.Floor(low / step) * step;
        return new(first, Math.Max(Math.Ceiling(high / step) * step, first + step), step);
    }

    /// <summary>Makes an axis of whole numbers from a first to a last one, with few ticks.</summary>
    public static Axis Whole(int first, int last)
    {
        int step = Math.Max(1, (int)Math.Ceiling((last - first) / (double)MostSteps));
        return new(first, first + (Math.Max(1, (int)Math.Ceiling((last - first) / (double)step)) * step), step);
    }

    public double Pixel(double value, double lowPixel, double highPixel) => lowPixel + ((value - Low) / (High - Low) * (highPixel - lowPixel));

    public string Label(double tick) => tick.ToString("F" + Math.Max(0, (int)Math.Ceiling(-Math.Log10(Step) - 1e-9)), CultureInfo.InvariantCulture);
}
