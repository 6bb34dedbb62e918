using DinOrleans.Datasets.Import;

namespace DinOrleans.Datasets.Guesses;

/// <summary>What the values of a column in the first rows look like.</summary>
internal sealed class ColumnProfile
{
    private static readonly string[] MissingTokens =
        ["NULL", "Null", "null", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", @"\N", "None", "(null)", "(no genres listed)"];

    private readonly Lazy<TimeGuess?> _time;

    /// <param name="name">The name of the column.</param>
    /// <param name="index">The position of the column.</param>
    /// <param name="rows">The first rows of the file.</param>
    /// <param name="source">Says which times are plausible, and which fields mean that a value is missing.</param>
    public ColumnProfile(string name, int index, IReadOnlyList<string[]> rows, SourceOptions source)
    {
        Name = name;
        Index = index;
        Rows = rows.Count;
        IReadOnlyList<string> tokens = source.Missing.Count > 0 ? source.Missing : MissingTokens;
        string[] values = [.. rows.Select(r => r[index])];
        Missing = [.. values.Where(tokens.Contains).Distinct()];
        Present = [.. values.Where(v => v.Length > 0 && !Missing.Contains(v))];
        Distinct = Present.ToHashSet(StringComparer.Ordinal);
        HasCommas = Present.Any(v => v.Contains(',')) && Present.Count > 0 && Present.All(v => NumberText.TryRead(v, hasComma: true, out _));
        Numbers = Present.Count > 0 && Present.All(v => NumberText.TryRead(v, HasCommas, out _))
            ? [.. Present.Select(v => NumberText.TryRead(v, HasCommas, out double number) ? number : 0)]
            : [];
        _time = new(() => TimeGuess.Of(Present, source));
    }

    public string Name { get; }

    public int Index { get; }

    /// <summary>The number of those rows.</summary>
    public int Rows { get; }

    /// <summary>The texts in the column that stand for a missing value.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>The values that are not missing, in the order of the rows.</summary>
    public IReadOnlyList<string> Present { get; }

    /// <summary>The different values.</summary>
    public IReadOnlySet<string> Distinct { get; }

    /// <summary>The values as numbers. Empty if one of them is not a number.</summary>
    public IReadOnlyList<double> Numbers { get; }

    /// <summary>True if the values are numbers and some have a decimal comma.</summary>
    public bool HasCommas { get; }

    /// <summary>True if all values are numbers.</summary>
    public bool IsNumeric => Numbers.Count > 0;

    /// <summary>True if all values are whole numbers.</summary>
    public bool IsWhole => IsNumeric && !HasCommas && Numbers.All(double.IsInteger);

    /// <summary>The format of the values if they are times.</summary>
    public TimeGuess? Time => _time.Value;

    /// <summary>The largest number of characters of a value.</summary>
    public int LongestValue => Present.Count == 0 ? 0 : Present.Max(v => v.Length);

    /// <summary>Some values, to show what is meant.</summary>
    public string Examples => string.Join(", ", Distinct.Take(3).Select(v => $"\"{v}\""));
}
