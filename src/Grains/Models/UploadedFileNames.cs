using System.Text.RegularExpressions;

namespace DinOrleans.Grains.Models;

/// <summary>Which files a version may have.</summary>
internal static partial class UploadedFileNames
{
    /// <summary>The rule, as it follows the field's name.</summary>
    public const string Rule = "must be manifest.json, scorer.onnx, parameters.bin, sample.json, or a file in vocabularies or embeddings";

    /// <summary>True for the path of a file that a version may have. No such path leads out of the version's folder.</summary>
    public static bool IsOne(string? file) => file is not null && Pattern().IsMatch(file);

    [GeneratedRegex(@"^(manifest\.json|scorer\.onnx|parameters\.bin|sample\.json|(vocabularies|embeddings)/[^./\\:*?""<>|\x00-\x1F][^/\\:*?""<>|\x00-\x1F]{0,199})\z")]
    private static partial Regex Pattern();
}
