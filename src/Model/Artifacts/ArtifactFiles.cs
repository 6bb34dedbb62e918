using System.Security.Cryptography;

namespace DinOrleans.Model.Artifacts;

/// <summary>Names of the files of an artifact.</summary>
internal static class ArtifactFiles
{
    public const string Manifest = "manifest.json";
    public const string Scorer = "scorer.onnx";
    public const string Parameters = "parameters.bin";
    public const string Sample = "sample.json";

    public static string Vocabulary(string key) => $"vocabularies/{key}.jsonl";

    public static string Table(string key) => $"embeddings/{key}.f32";

    /// <summary>Lower-case hexadecimal SHA-256 of a file.</summary>
    public static string Digest(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
