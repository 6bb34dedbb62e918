using System.Text;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Datasets.Guesses;

/// <summary>Guesses the format of a file: its encoding, what separates its fields, and if its first row has the names of the columns.</summary>
internal static class FormatGuess
{
    private const int StartLength = 1 << 20;

    /// <summary>Guesses the format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stated">What a person said.</param>
    /// <param name="findings">Takes a sentence about the guess.</param>
    /// <param name="cancellationToken">Ends the guess.</param>
    /// <exception cref="DatasetException">The file cannot be read, is empty, or has no delimiter.</exception>
    public static PlanFile Of(string path, PlanChanges stated, ICollection<string> findings, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(path);
        if (WorkbookFile.IsWorkbook(path))
        {
            return WorkbookGuess.Of(path, stated, findings);
        }

        RowSources.RequireNoSheet(path, stated.Source.Sheet);
        if (DataFile.IsParquet(path))
        {
            findings.Add($"{name} is a Parquet file, which names its columns.");
            return new() { Path = path };
        }

        string encoding = stated.Source.Encoding?.WebName ?? EncodingGuess.Of(path, cancellationToken);
        (string text, bool isWhole) = Start(path, encoding);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new DatasetException($"{name}: is empty");
        }

        DelimiterGuess guess = DelimiterGuess.Of(text, isWhole, stated.Source.Delimiter)
            ?? throw new DatasetException($"{name}: neither commas, semicolons, tabs, bars nor \"::\" separate its fields in the same way in each row; say with --delimiter what does");
        HeaderGuess header = HeaderGuess.Of(name, guess.FirstRow, guess.FirstRow.Count, stated.Columns);
        string separator = guess.Delimiter == "\t" ? "tabs" : $"\"{guess.Delimiter}\"";
        findings.Add($"{name}: fields are separated by {separator}, the encoding is {encoding}, and the first row {header.Finding} (--delimiter, --encoding, --columns).");
        return new()
        {
            Path = path,
            Delimiter = guess.Delimiter,
            Encoding = encoding,
            Quoted = guess.Quoted,
            Columns = header.Columns,
        };
    }

    private static (string Text, bool IsWhole) Start(string path, string encoding)
    {
        using var text = new SourceText(path, TextEncodings.TryFind(encoding, out Encoding? found) ? found : Encoding.UTF8, DataTable.EncodingAdvice);
        var start = new StringBuilder();
        var buffer = new char[DataFile.BufferSize];
        int read = buffer.Length;
        while (read == buffer.Length && start.Length < StartLength)
        {
            read = text.ReadBlock(buffer, 0, buffer.Length);
            start.Append(buffer, 0, read);
        }

        return (start.ToString(), read < buffer.Length);
    }
}
