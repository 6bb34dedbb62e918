using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Datasets.Guesses;

/// <summary>Guesses the format of times.</summary>
/// <param name="Format">The format, as a plan has it.</param>
/// <param name="From">The earliest time.</param>
/// <param name="To">The latest time.</param>
/// <param name="Other">Another format that fits as well, and by which the days are others. Null for none.</param>
internal sealed record TimeGuess(string Format, DateTimeOffset From, DateTimeOffset To, string? Other = null)
{
    private static readonly string[] Formats =
    [
        TimeReader.Rfc3339Name, TimeReader.IsoLocalName, TimeReader.UnixSecondsName, TimeReader.UnixMillisecondsName, TimeReader.UnixMicrosecondsName,
        .. Clock("d.M.yyyy"), .. Clock("d.M.yy"), .. Clock("d/M/yyyy"), .. Clock("M/d/yyyy"), .. Clock("d/M/yy"), .. Clock("M/d/yy"), .. Clock("yyyy/M/d"),
        .. Clock("d-M-yyyy"), .. Clock("M-d-yyyy"),
        "yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'", "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:sszz",
        "ddd MMM dd HH:mm:ss zzz yyyy", "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "MMM d, yyyy", "MMMM d, yyyy", "d MMM yyyy", "d-MMM-yyyy", "M d, yyyy", "yyyyMMddHHmmss", "yyyyMMdd HH:mm:ss", "yyyyMMdd",
    ];

    private static readonly IReadOnlyList<(string Format, TimeReader Reader)> Readers = [.. Formats.Select(f => (f, new TimeReader(f)))];

    /// <summary>True if the format has no time zone.</summary>
    public bool IsLocal => Format != TimeReader.Rfc3339Name && !Format.StartsWith("Unix", StringComparison.Ordinal)
        && !Format.Contains('z', StringComparison.Ordinal) && !Format.EndsWith('\'');

    /// <summary>True if a text is a time other than a number.</summary>
    public static bool IsTime(string text) => text.Length > 0 && !NumberText.IsNumber(text) && Readers.Any(r => r.Reader.TryRead(text, out _));

    /// <summary>Guesses the format of the values of a column.</summary>
    /// <param name="values">The values in the order of the file, none of them empty.</param>
    /// <param name="source">Says which times are plausible.</param>
    /// <returns>The guess, or null if the values are in no known format, or there are none.</returns>
    public static TimeGuess? Of(IReadOnlyList<string> values, SourceOptions source)
    {
        List<(TimeGuess Guess, int Inversions)> fits = [];
        foreach ((string format, TimeReader reader) in values.Count > 0 ? Readers : [])
        {
            if (Fit(format, reader, values, source) is { } fit)
            {
                fits.Add(fit);
            }
        }

        if (fits.Count == 0)
        {
            return null;
        }

        // Of days and months that could be swapped, the format by which the rows are in order is the right one.
        (TimeGuess first, int inversions) = fits[0];
        (TimeGuess? other, int otherInversions) = fits.Find(f => IsSwapped(f.Guess.Format, first.Format));
        return other is null || (inversions == 0 && otherInversions > 0) ? first
            : otherInversions == 0 && inversions > 0 ? other
            : other.From == first.From && other.To == first.To ? first
            : first with { Other = other.Format };
    }

    private static (TimeGuess Guess, int Inversions)? Fit(string format, TimeReader reader, IReadOnlyList<string> values, SourceOptions source)
    {
        DateTimeOffset from = DateTimeOffset.MaxValue;
        DateTimeOffset to = DateTimeOffset.MinValue;
        DateTimeOffset last = DateTimeOffset.MinValue;
        int inversions = 0;
        foreach (string value in values)
        {
            if (!reader.TryRead(value, out DateTimeOffset time) || source.TimeProblem(time) is not null)
            {
                return null;
            }

            inversions += time < last ? 1 : 0;
            last = time;
            from = time < from ? time : from;
            to = time > to ? time : to;
        }

        return (new(format, from, to), inversions);
    }

    private static bool IsSwapped(string format, string other) =>
        format != other && format.Length == other.Length && format.Order().SequenceEqual(other.Order());

    private static IEnumerable<string> Clock(string day) => [$"{day} H:mm:ss", $"{day} H:mm", day, $"{day} h:mm:ss tt", $"{day} h:mm tt"];
}
