namespace DinOrleans.Datasets.Guesses;

/// <summary>Guesses if the first row of a file has the names of the columns.</summary>
/// <param name="Columns">The names of the columns if the first row does not have them. Null if it does.</param>
/// <param name="Finding">What the first row has, in words that follow "the first row".</param>
internal sealed record HeaderGuess(IReadOnlyList<string>? Columns, string Finding)
{
    /// <summary>Makes a guess.</summary>
    /// <param name="file">The name of the file.</param>
    /// <param name="firstRow">The fields of the first row.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="stated">The names of the columns that a person stated. Null for none.</param>
    /// <exception cref="DatasetException">The file does not have as many columns as were stated.</exception>
    public static HeaderGuess Of(string file, IEnumerable<string> firstRow, int width, IReadOnlyList<string>? stated)
    {
        if (stated is not null && stated.Count != width)
        {
            throw new DatasetException($"{file}: has {width} columns, but --columns names {stated.Count}");
        }

        bool hasHeader = stated is null && !firstRow.Any(IsValue);
        return hasHeader
            ? new(null, "has the column names")
            : new(stated ?? [.. Enumerable.Range(0, width).Select(i => TableStart.Numbered("column", i))], "has values, so that the columns are numbered");
    }

    /// <summary>True if a field is a value rather than a name: a number or a time.</summary>
    private static bool IsValue(string field) => NumberText.IsNumber(field) || TimeGuess.IsTime(field);
}
