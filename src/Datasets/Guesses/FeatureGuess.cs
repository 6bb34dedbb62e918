namespace DinOrleans.Datasets.Guesses;

/// <summary>What a column can be as a feature.</summary>
internal enum FeatureKind
{
    /// <summary>One of some values.</summary>
    Category,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Several values in one field.</summary>
    List,

    /// <summary>What a person said.</summary>
    Stated,

    /// <summary>Nothing that a model can learn from.</summary>
    LeftOut,
}

/// <summary>Guesses if a column is a feature, and of which kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Reason">Why it is left out, in words that follow "it". Empty for a feature.</param>
/// <param name="Separator">The text between two parts of a list. Null for another kind.</param>
internal sealed record FeatureGuess(FeatureKind Kind, string Reason = "", string? Separator = null)
{
    /// <summary>Whole numbers with more different values than this are numbers rather than codes.</summary>
    private const int MostCodes = 20;

    /// <summary>Texts with more different values than this are features only if each comes twice on average.</summary>
    private const int FewValues = 50;

    /// <summary>The share of different values above which values do not come again.</summary>
    private const double Repeated = 0.5;

    private const int LongestValue = 200;

    /// <summary>The share of values with a separator above which a column holds lists.</summary>
    private const double ListShare = 0.1;

    private static readonly string[] Separators = ["|", ";", ","];

    /// <summary>Makes a guess.</summary>
    /// <param name="column">The column.</param>
    /// <param name="entities">The number of different items or users that the column describes.</param>
    public static FeatureGuess Of(ColumnProfile column, int entities)
    {
        if (column.Name.Length == 0 || column.Distinct.Count <= 1)
        {
            return new(FeatureKind.LeftOut, column.Name.Length == 0 ? "has no name" : "has the same value everywhere");
        }

        if (column.Distinct.All(TimeGuess.IsTime))
        {
            return new(FeatureKind.LeftOut, "is a date");
        }

        if (column.IsNumeric && !(ColumnWords.Code.Ends(column.Name) && column.IsWhole))
        {
            bool isNumber = !column.IsWhole || column.Distinct.Count > MostCodes || column.Numbers.All(n => n is 0 or 1);
            return new(isNumber ? FeatureKind.Number : FeatureKind.Category);
        }

        return ListSeparator(column) is { } separator ? new(FeatureKind.List, Separator: separator)
            : column.LongestValue > LongestValue || ColumnWords.Text.Fit(column.Name) > 0 || column.Distinct.All(IsAddress) ? new(FeatureKind.LeftOut, "is a text")
            : column.Distinct.Count > FewValues && column.Distinct.Count > Repeated * Math.Min(column.Present.Count, entities) ? new(FeatureKind.LeftOut, "has another value nearly everywhere")
            : new(FeatureKind.Category);
    }

    private static bool IsAddress(string value) => value.StartsWith("http", StringComparison.OrdinalIgnoreCase) && value.Contains("://", StringComparison.Ordinal);

    private static string? ListSeparator(ColumnProfile column) => Array.Find(Separators, s => IsList(column, s));

    /// <summary>Bars are mostly between the parts of lists. Commas and semicolons are in texts too, where the parts do not come again.</summary>
    private static bool IsList(ColumnProfile column, string separator)
    {
        string[][] lists = [.. column.Distinct.Where(v => v.Contains(separator, StringComparison.Ordinal)).Select(v => v.Split(separator, StringSplitOptions.TrimEntries))];
        int parts = lists.Sum(l => l.Length);
        int different = lists.SelectMany(l => l).Distinct().Count();
        return lists.Length > column.Distinct.Count * ListShare && (separator == "|" || different <= parts / 2);
    }
}
