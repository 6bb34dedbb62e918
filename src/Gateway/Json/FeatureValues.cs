using System.Text.Json;
using DinOrleans.Contracts;

namespace DinOrleans.Gateway.Json;

/// <summary>Turns the values of a feature map into text; numbers keep their JSON form, which is invariant.</summary>
internal static class FeatureValues
{
    public static IReadOnlyDictionary<string, string> Read(Dictionary<string, JsonElement>? values, string path, ref List<Violation>? violations)
    {
        if (values is null || values.Count == 0)
        {
            return EmptyFeatures.Instance;
        }

        var features = new Dictionary<string, string>(values.Count, StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in values)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    features.Add(name, value.GetString()!);
                    break;
                case JsonValueKind.Number:
                    features.Add(name, value.GetRawText());
                    break;
                default:
                    (violations ??= []).Add(new($"{path}.{name}", "must be a string or a number"));
                    break;
            }
        }

        return features;
    }
}
