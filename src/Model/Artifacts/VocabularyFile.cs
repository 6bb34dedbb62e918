using System.Text.Json;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Artifacts;

/// <summary>A vocabulary as text: one JSON string per line, by descending frequency.</summary>
internal static class VocabularyFile
{
    public static void Write(string path, Vocabulary vocabulary) =>
        File.WriteAllLines(path, vocabulary.Values.Select(v => JsonSerializer.Serialize(v)));

    /// <exception cref="ArtifactException">A line is not a JSON string, a value occurs twice, or the number of rows differs.</exception>
    public static Vocabulary Read(string folder, string key, VocabularyShape shape)
    {
        string file = ArtifactFiles.Vocabulary(key);
        List<string> values = [];
        try
        {
            IEnumerable<string> lines = ArtifactFiles.Length(folder, file) == 0 ? [] : File.ReadLines(Path.Combine(folder, file));
            foreach (string line in lines)
            {
                values.Add(JsonSerializer.Deserialize<string>(line) ?? throw new JsonException("null is not a value"));
            }

            var vocabulary = new Vocabulary(values, shape.OutOfVocabularyRows);
            return vocabulary.RowCount == shape.Rows
                ? vocabulary
                : throw new ArtifactException(file, $"makes {vocabulary.RowCount} rows, but the manifest says {shape.Rows}");
        }
        catch (JsonException e)
        {
            throw new ArtifactException(file, $"line {values.Count + 1}: {e.Message}", e);
        }
        catch (InvalidContentException e)
        {
            throw new ArtifactException(file, e.Message, e);
        }
    }
}
