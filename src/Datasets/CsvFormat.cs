using System.Text;

namespace DinOrleans.Datasets;

/// <summary>How the rows of a file are written.</summary>
internal sealed record CsvFormat
{
    /// <summary>RFC 4180 in UTF-8 with a header row.</summary>
    public static CsvFormat Rfc4180 { get; } = new();

    /// <summary>What stands between two fields, one character or more.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>The encoding, unless a byte order mark says another.</summary>
    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>Whether quotes may enclose a field; where not, a quote is a character like any other.</summary>
    public bool Quoted { get; init; } = true;

    /// <summary>True where the command line can set <see cref="Delimiter"/> and <see cref="Encoding"/>, so that messages name the options.</summary>
    public bool HasOptions { get; init; }

    /// <summary>Column names of a file without a header row; null where the first row holds them.</summary>
    public IReadOnlyList<string>? Columns { get; init; }
}
