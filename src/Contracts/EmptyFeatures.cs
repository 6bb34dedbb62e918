namespace DinOrleans.Contracts;

/// <summary>The one empty feature map, so that records without features share it.</summary>
public static class EmptyFeatures
{
    /// <summary>No features.</summary>
    public static IReadOnlyDictionary<string, string> Instance { get; } = new Dictionary<string, string>();
}
