using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace DinOrleans.Datasets;

/// <summary>Writes a CSV file. If it is disposed before it is complete, it closes the file without writing, so that a full disk cannot make that fail too.</summary>
internal sealed class TableFile : IDisposable
{
    private readonly FileStream _file;
    private readonly StreamWriter _text;
    private readonly CsvWriter _rows;

    public TableFile(string path)
    {
        // The text is the only buffer, because closing the file must not write the rest of another one.
        _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _text = new(_file, new UTF8Encoding(false), DataFile.BufferSize);
        _rows = new(_text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
    }

    public void WriteField(string? value) => _rows.WriteField(value);

    public void EndRow() => _rows.NextRecord();

    /// <summary>Writes the rest and closes the file.</summary>
    public void Complete()
    {
        _rows.Dispose();
        _text.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
