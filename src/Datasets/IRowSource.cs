namespace DinOrleans.Datasets;

/// <summary>Streams the rows of a file as text, whatever its format is.</summary>
internal interface IRowSource : IDisposable
{
    /// <summary>The place of the header in words, such as "line 1".</summary>
    string HeaderPlace { get; }

    /// <summary>The place of the current row in words, such as "line 7".</summary>
    string PlaceName { get; }

    /// <summary>The place of the current row, from 1, which no other row of the file has. It is the last line of a row that spans several.</summary>
    long Place { get; }

    /// <summary>The number of fields of the current row.</summary>
    int Count { get; }

    /// <summary>A field of the current row. It is empty if the value is missing.</summary>
    string this[int column] { get; }

    /// <summary>The local time of a field of the current row, if the file itself says that it is one. Null otherwise.</summary>
    DateTime? LocalTime(int column) => null;

    /// <summary>True if the file itself says that a field of the current row is a number, whose text then has a decimal point.</summary>
    bool IsNumber(int column) => false;

    /// <summary>Reads the names of the columns. It is called once, before the first row, and not for a file without a header.</summary>
    /// <exception cref="DatasetException">The file is empty.</exception>
    string[] ReadHeader();

    /// <summary>Moves to the next row.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="DatasetException">The row does not have the format of the file.</exception>
    bool Read();
}
