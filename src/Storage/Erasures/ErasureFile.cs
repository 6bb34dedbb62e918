using System.Text;
using System.Text.Json;

namespace DinOrleans.Storage.Erasures;

/// <summary>
/// A file of erasures: a first line that says what the file covers, and one line of JSON per erasure. A journal grows by one line per erasure, and an
/// export is written as a whole.
/// </summary>
public static class ErasureFile
{
    /// <summary>How the names of such files end.</summary>
    public const string Extension = ".jsonl";

    private const int Format = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file does not hold erasures, or a line is damaged. The message names the file and the line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ErasureList Read(string path)
    {
        // The server may append to its journal meanwhile.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        string text = reader.ReadToEnd();
        string[] lines = text.Split('\n');

        // What follows the last line end is a line whose writer was cut short, and whose erasure was not acknowledged. It may be the first line.
        if (lines.Length < 2 && (text.Length == 0 || text[0] == '{'))
        {
            return new(DateTimeOffset.MaxValue, To: null, []);
        }

        Header header = Parse<Header>(path, 1, lines[0]);
        return header.Format == Format
            ? new(header.From, header.To, [.. lines[1..^1].Select((line, i) => Parse<Erasure>(path, i + 2, line))])
            : throw new InvalidDataException($"{path} has format {header.Format} of erasures, but this program reads format {Format}.");
    }

    /// <summary>Writes a whole file, which must not exist, and returns after it is on disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="from">The time from which on the file has all erasures; null where it has every erasure there ever was.</param>
    /// <param name="to">The time up to which the file has all erasures; null for a journal, which goes on.</param>
    /// <param name="erasures">The erasures.</param>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static void Write(string path, DateTimeOffset? from, DateTimeOffset? to, IEnumerable<Erasure> erasures)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(Head(from, to));
        foreach (Erasure erasure in erasures)
        {
            file.Write(Line(erasure));
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>The first line of a file.</summary>
    /// <param name="from">The time from which on the file has all erasures; null where it has every erasure there ever was.</param>
    /// <param name="to">The time up to which the file has all erasures; null for a journal, which goes on.</param>
    internal static byte[] Head(DateTimeOffset? from, DateTimeOffset? to) => Line(new Header(Format, from, to));

    /// <summary>The line of one erasure.</summary>
    internal static byte[] Line(Erasure erasure) => Line<Erasure>(erasure);

    private static byte[] Line<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Json), (byte)'\n'];

    private static T Parse<T>(string path, int number, string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Json) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} does not hold erasures, or is damaged: line {number} cannot be read.", e);
        }
    }

    private sealed record Header(int Format, DateTimeOffset? From, DateTimeOffset? To);
}

/// <summary>The content of a file of erasures.</summary>
/// <param name="From">The time from which on it has all erasures; null where it has every erasure there ever was, and the end of time where it has none.</param>
/// <param name="To">The time up to which it has all erasures; null for a journal, which goes on.</param>
/// <param name="Erasures">The erasures, in the order in which they were recorded. A user may be in it several times.</param>
public sealed record ErasureList(DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<Erasure> Erasures);
