namespace DinOrleans.Datasets.Guesses;

/// <summary>Guesses what separates the fields of a text: the delimiter by which the rows have the same number of fields, and the most of them.</summary>
/// <param name="Delimiter">The text between two fields.</param>
/// <param name="Quoted">True if quotes enclose fields.</param>
/// <param name="FirstRow">The fields of the first row.</param>
internal sealed record DelimiterGuess(string Delimiter, bool Quoted, IReadOnlyList<string> FirstRow)
{
    private const int Rows = 200;

    /// <summary>The share of rows that must have the same number of fields.</summary>
    private const double Share = 0.9;

    private static readonly string[] Candidates = ["::", "\t", ";", "|", ","];

    /// <summary>Makes a guess.</summary>
    /// <param name="text">The start of the file.</param>
    /// <param name="isWhole">True if the text is the whole file. Otherwise its last row may be cut.</param>
    /// <param name="given">The delimiter that a person named. Null for none.</param>
    /// <returns>The guess, or null if no delimiter fits.</returns>
    public static DelimiterGuess? Of(string text, bool isWhole, string? given)
    {
        string[] delimiters = given is null ? Candidates : [given];
        Fit? best = delimiters.Select(d => Try(text, isWhole, d, quoted: true) is { Share: >= Share } quoted ? quoted : Try(text, isWhole, d, quoted: false))
            .OfType<Fit>()
            .Where(f => f.Share >= Share && (f.Fields > 1 || given is not null))
            .OrderByDescending(f => f.Share)
            .ThenByDescending(f => f.Fields)
            .FirstOrDefault();
        return best is null ? null : new(best.Delimiter, best.Quoted && IsQuotedByRule(text, best.Delimiter), best.FirstRow);
    }

    /// <summary>Only commas and semicolons come with quotes by rule. Elsewhere a quote in the start of the text must show that they do.</summary>
    private static bool IsQuotedByRule(string text, string delimiter) =>
        delimiter is "," or ";" || text.Contains($"{delimiter}\"", StringComparison.Ordinal) || text.StartsWith('"') || text.Contains("\n\"", StringComparison.Ordinal);

    private static Fit? Try(string text, bool isWhole, string delimiter, bool quoted)
    {
        List<int> counts = [];
        string[] first = [];
        try
        {
            using var rows = new CsvRows(new StringReader(text), "", new CsvFormat { Delimiter = delimiter, Quoted = quoted });
            while (counts.Count < Rows && rows.Read())
            {
                // Wrong quotes show only when a field is read.
                string[] row = [.. Enumerable.Range(0, rows.Count).Select(i => rows[i])];
                first = counts.Count == 0 ? row : first;
                counts.Add(rows.Count);
            }
        }
        catch (DatasetException)
        {
            // Its quotes are not those of CSV.
            return null;
        }

        if (!isWhole && counts.Count is > 1 and < Rows)
        {
            counts.RemoveAt(counts.Count - 1);
        }

        return counts.Count == 0 ? null : counts.GroupBy(c => c).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key)
            .Select(g => new Fit(delimiter, quoted, g.Key, (double)g.Count() / counts.Count, first)).First();
    }

    private sealed record Fit(string Delimiter, bool Quoted, int Fields, double Share, string[] FirstRow);
}
