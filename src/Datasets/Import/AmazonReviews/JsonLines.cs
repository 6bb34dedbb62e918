using System.Text;
using System.Text.Json;
using DinOrleans.Contracts.Validation;
using DinOrleans.Model.Options;

namespace DinOrleans.Datasets.Import.AmazonReviews;

/// <summary>
/// Streams a file with one object per line, as JSON or Python literals, plain or gzipped. A field may have several names, one per release. Errors name the
/// file, the line and the field.
/// </summary>
internal sealed class JsonLines : IDisposable
{
    private static readonly JsonDocumentOptions Json = new() { AllowTrailingCommas = true, AllowDuplicateProperties = false };

    private readonly string _file;
    private readonly SourceText _reader;
    private JsonDocument? _row;

    /// <exception cref="DatasetException">The file does not exist.</exception>
    public JsonLines(string path, SourceOptions source)
    {
        _file = Path.GetFileName(path);
        _reader = new SourceText(path, source.Encoding ?? Encoding.UTF8, DataTable.EncodingAdvice);
    }

    /// <summary>The current line, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Moves to the next line that is not blank.</summary>
    /// <exception cref="DatasetException">The line is not an object, or states a field twice.</exception>
    public bool Read()
    {
        _row?.Dispose();
        _row = null;
        while (_reader.ReadLine() is { } line)
        {
            Line++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                _row = Parse(line);
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the first of some fields that has a value.</summary>
    /// <returns>The name and value of the field, or null.</returns>
    public (string Name, JsonElement Value)? Find(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (_row!.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null)
            {
                return (name, value);
            }
        }

        return null;
    }

    /// <summary>Finds the first of some fields that has a value. One must have a value.</summary>
    /// <exception cref="DatasetException">None of the fields has a value.</exception>
    public (string Name, JsonElement Value) Require(params ReadOnlySpan<string> names) =>
        Find(names) ?? throw Error(string.Join(" or ", names), "must be there");

    /// <summary>Reads a field that must be an id.</summary>
    /// <exception cref="DatasetException">The field is missing or not a valid id.</exception>
    public string Id(params ReadOnlySpan<string> names)
    {
        (string name, JsonElement value) = Require(names);
        string id = Text(name, value);
        return InputRules.CheckId(id) is { } rule ? throw Error(name, rule) : id;
    }

    /// <summary>Reads a value that must be a text.</summary>
    /// <exception cref="DatasetException">The value is not a text.</exception>
    public string Text(string name, JsonElement value)
    {
        const string Rule = "must be a text";
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Error(name, Rule);
        }
        catch (InvalidOperationException e)
        {
            throw new DatasetException($"{Error(name, Rule).Message} of whole characters", e);
        }
    }

    /// <summary>Makes an exception for a field of the current line that breaks a rule.</summary>
    public DatasetException Error(string name, string rule) => DatasetException.At(_file, Line, name, rule);

    /// <inheritdoc/>
    public void Dispose()
    {
        _row?.Dispose();
        _reader.Dispose();
    }

    private JsonDocument Parse(string line)
    {
        JsonDocument? row = null;
        try
        {
            // The first name of a JSON object is in double quotes. The Python literals of the 2014 release have single quotes.
            bool isPython = line.AsSpan().TrimStart().TrimStart('{').TrimStart().StartsWith('\'');
            row = JsonDocument.Parse(isPython ? PythonLiteral.ToJson(line) : line, Json);
            return row.RootElement.ValueKind == JsonValueKind.Object ? row : throw new FormatException("it is another value");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            row?.Dispose();
            string reason = e is JsonException json ? JsonProblem.Describe(json) : e.Message;
            throw new DatasetException($"{_file} line {Line}: must be one object, JSON or a Python literal; {reason}", e);
        }
    }
}
