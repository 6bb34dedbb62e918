using System.Text.Json;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Checkpoints;

namespace DinOrleans.Training.Versions;

/// <summary>
/// <c>encoding.json</c> beside a checkpoint: the rows of its tables belong to the values that were known when training began, whatever the log has
/// by the time it is resumed.
/// </summary>
internal static class EncodingFile
{
    public const string Name = "encoding.json";

    /// <summary>The encoding of a training.</summary>
    /// <param name="checkpoint">The training's checkpoint; the encoding is kept only where it follows the log.</param>
    /// <param name="learn">Learns the encoding from the log.</param>
    /// <exception cref="CheckpointException">Training is to resume, and the file is missing or damaged.</exception>
    public static FeatureEncoding ReadOrWrite(CheckpointOptions? checkpoint, Func<FeatureEncoding> learn)
    {
        if (checkpoint is not { FollowsLog: true })
        {
            return learn();
        }

        string file = Path.Combine(checkpoint.Folder, Name);
        if (checkpoint.Resume)
        {
            return Read(file);
        }

        FeatureEncoding encoding = learn();
        Write(file, encoding);
        return encoding;
    }

    private static void Write(string file, FeatureEncoding encoding)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string beside = file + ".writing";
        using (FileStream stream = File.Create(beside))
        {
            JsonSerializer.Serialize(stream, new Content(
                encoding.Vocabularies.ToDictionary(v => v.Key, v => new Values(v.Value.Values, v.Value.OutOfVocabularyRows)), encoding.Scalers));
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, file, overwrite: true);
    }

    private static FeatureEncoding Read(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            Content content = JsonSerializer.Deserialize<Content>(stream) ?? throw new JsonException("it is empty");
            return new(content.Vocabularies.ToDictionary(v => v.Key, v => new Vocabulary(v.Value.Known, v.Value.OutOfVocabularyRows)), content.Scalers);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException or InvalidContentException)
        {
            throw new CheckpointException(file, $"is missing or damaged ({e.Message})", e);
        }
    }

    private sealed record Content(IReadOnlyDictionary<string, Values> Vocabularies, IReadOnlyDictionary<string, NumericScaler> Scalers);

    private sealed record Values(IReadOnlyList<string> Known, int OutOfVocabularyRows);
}
