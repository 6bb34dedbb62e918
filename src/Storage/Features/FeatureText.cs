using System.Text.Json;
using DinOrleans.Contracts;

namespace DinOrleans.Storage.Features;

/// <summary>Feature maps as the text of a column.</summary>
internal static class FeatureText
{
    /// <summary>The text of a map without features, in a column that must have a text.</summary>
    public const string Empty = "{}";

    /// <summary>Null for an empty map.</summary>
    public static string? Write(IReadOnlyDictionary<string, string> features) => features.Count == 0 ? null : JsonSerializer.Serialize(features);

    public static IReadOnlyDictionary<string, string> Read(string? text) =>
        text is null ? EmptyFeatures.Instance : JsonSerializer.Deserialize<Dictionary<string, string>>(text) ?? EmptyFeatures.Instance;
}
