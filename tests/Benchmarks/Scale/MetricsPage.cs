using System.Globalization;

namespace DinOrleans.Benchmarks.Scale;

/// <summary>Reads a page of metrics in Prometheus' text format.</summary>
internal static class MetricsPage
{
    /// <summary>Adds up the values of a metric over its labels.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The name of the metric.</param>
    /// <param name="label">The label that a value must have, such as <c>port="1"</c>. Empty for any.</param>
    /// <exception cref="InvalidDataException">The page has no such metric.</exception>
    public static double Sum(string page, string name, string label = "") =>
        Find(page, name, label) ?? throw new InvalidDataException($"The metrics have no {name}.");

    /// <summary>The same of a metric that is not there before something was counted.</summary>
    public static double SumOrZero(string page, string name) => Find(page, name, label: "") ?? 0;

    private static double? Find(string page, string name, string label)
    {
        double sum = 0;
        bool isThere = false;
        foreach (ReadOnlySpan<char> line in page.EnumerateLines())
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line[name.Length..] is ['{' or ' ', ..] && line.Contains(label, StringComparison.Ordinal))
            {
                // Name, labels and value, and a time at the end where the exporter writes one.
                ReadOnlySpan<char> values = line[(line.LastIndexOf('}') + 1)..];
                values = values.Length == line.Length ? line[name.Length..] : values;
                values = values.Trim();
                int end = values.IndexOf(' ');
                sum += double.Parse(end < 0 ? values : values[..end], CultureInfo.InvariantCulture);
                isThere = true;
            }
        }

        return isThere ? sum : null;
    }
}
