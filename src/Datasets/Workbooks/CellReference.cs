namespace DinOrleans.Datasets.Workbooks;

/// <summary>Reads references of cells such as <c>AB12</c>.</summary>
internal static class CellReference
{
    private const int MostColumns = 16_384;
    private const int Letters = 26;

    /// <summary>The column of a reference, from 0.</summary>
    /// <exception cref="InvalidDataException">The reference does not start with the letters of one of the 16,384 columns.</exception>
    public static int Column(string reference)
    {
        int column = 0;
        for (int i = 0; i < reference.Length && char.IsAsciiLetter(reference[i]) && column <= MostColumns; i++)
        {
            column = (column * Letters) + char.ToUpperInvariant(reference[i]) - 'A' + 1;
        }

        return column is > 0 and <= MostColumns ? column - 1 : throw new InvalidDataException($"\"{reference}\" does not name a column of a sheet.");
    }
}
