using System.Text.Json;
using DinOrleans.Model.Representation;

namespace DinOrleans.Model.Artifacts;

/// <summary>A vocabulary as text: one JSON string a line, by descending frequency.</summary>
internal static class VocabularyFile
{
    public static void Write(string path, Vocabulary vocabulary) =>
        File.WriteAllLines(path, vocabulary.Values.Select(v => JsonSerializer.Serialize(v)));

    /// <exception cref="ArtifactException">A line is no JSON string, a value occurs twice, or the number of rows differs.</exception>
    public static Vocabulary Read(string folder, string key, VocabularyShape shape)
    {
        string file = ArtifactFiles.Vocabulary(key);
        List<string> values = [];
        try
        {
            foreach (string line in File.ReadLines(Path.Combine(folder, file)))
            {
                values.Add(JsonSerializer.Deserialize<string>(line) ?? throw new JsonException("null is no value"));
            }

            var vocabulary = new Vocabulary(values, shape.OutOfVocabularyRows);
            return vocabulary.RowCount == shape.Rows
                ? vocabulary
                : throw new ArtifactException(file, $"makes {vocabulary.RowCount} rows, the manifest says {shape.Rows}");
        }
        catch (JsonException e)
        {
            throw new ArtifactException(file, $"line {values.Count + 1}: {e.Message}", e);
        }
    }
}
