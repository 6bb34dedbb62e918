using DinOrleans.Contracts;

namespace DinOrleans.Gateway.Json;

/// <summary>Converts the feature values of requests.</summary>
internal static class FeatureMap
{
    /// <summary>Makes the map of features that grains take.</summary>
    public static IReadOnlyDictionary<string, string> ToFeatures(this Dictionary<string, FeatureValue>? values)
    {
        if (values is null || values.Count == 0)
        {
            return EmptyFeatures.Instance;
        }

        var features = new Dictionary<string, string>(values.Count, StringComparer.Ordinal);
        foreach ((string name, FeatureValue value) in values)
        {
            features.Add(name, value.Text);
        }

        return features;
    }
}
