using System.Collections.Frozen;
using System.Text;

namespace DinOrleans.Datasets;

/// <summary>The format of the rows of a file: of a text with delimited fields, and of a workbook where a property says so.</summary>
internal sealed record CsvFormat
{
    /// <summary>RFC 4180 in UTF-8 with a header row.</summary>
    public static CsvFormat Rfc4180 { get; } = new();

    /// <summary>The text between two fields, at least one character.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>The encoding. A byte order mark takes precedence.</summary>
    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>True if quotes may enclose a field. Otherwise a quote is a character like any other.</summary>
    public bool Quoted { get; init; } = true;

    /// <summary>True if the command line can set <see cref="Delimiter"/> and <see cref="Encoding"/>, so that messages name the options.</summary>
    public bool HasOptions { get; init; }

    /// <summary>The sheet of a workbook that is read. Null for all visible ones, one after the other.</summary>
    public string? Sheet { get; init; }

    /// <summary>The options of the command line that name the sheet, for messages. Empty if there are none.</summary>
    public string SheetOptions { get; init; } = "";

    /// <summary>The column names of a text or workbook without a header row. Null if the first row has them.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The fields that mean that the value is missing, besides the empty one.</summary>
    public IReadOnlySet<string> Missing { get; init; } = FrozenSet<string>.Empty;

    /// <summary>True if numbers have a comma before their decimals, and points between groups of three digits.</summary>
    public bool DecimalComma { get; init; }
}
