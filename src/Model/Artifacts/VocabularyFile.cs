using System.Text.Json;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Artifacts;

/// <summary>The file of a vocabulary, which is looked up where it lies.</summary>
internal static class VocabularyFile
{
    public static void Write(string path, Vocabulary vocabulary) => ValueTableWriter.Write(path, vocabulary.Values);

    /// <exception cref="ArtifactException">The file does not have the form of a vocabulary, a value occurs twice, or the number of rows differs.</exception>
    public static Vocabulary Read(string folder, string key, VocabularyShape shape, int format)
    {
        string file = ArtifactFiles.Vocabulary(key, format);
        string path = Path.Combine(folder, file);
        try
        {
            Vocabulary vocabulary = format == ArtifactManifest.OldestFormat
                ? new(ReadLines(folder, file), shape.OutOfVocabularyRows)
                : Vocabulary.Open(path, shape.OutOfVocabularyRows);
            if (vocabulary.RowCount == shape.Rows)
            {
                return vocabulary;
            }

            vocabulary.Dispose();
            throw new ArtifactException(file, $"makes {vocabulary.RowCount} rows, but the manifest says {shape.Rows}");
        }
        catch (Exception e) when (e is InvalidContentException or FileNotFoundException)
        {
            throw new ArtifactException(file, e.Message, e);
        }
    }

    /// <summary>Reads a vocabulary of format 2: one JSON string per line, by descending frequency.</summary>
    private static List<string> ReadLines(string folder, string file)
    {
        List<string> values = [];
        try
        {
            IEnumerable<string> lines = ArtifactFiles.Length(folder, file) == 0 ? [] : File.ReadLines(Path.Combine(folder, file));
            foreach (string line in lines)
            {
                values.Add(JsonSerializer.Deserialize<string>(line) ?? throw new JsonException("null is not a value"));
            }

            return values;
        }
        catch (JsonException e)
        {
            throw new ArtifactException(file, $"line {values.Count + 1}: {e.Message}", e);
        }
    }
}
