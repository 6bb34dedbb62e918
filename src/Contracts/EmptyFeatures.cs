namespace DinOrleans.Contracts;

/// <summary>The empty feature map, which all records without features share.</summary>
public static class EmptyFeatures
{
    /// <summary>The map without features.</summary>
    public static IReadOnlyDictionary<string, string> Instance { get; } = new Dictionary<string, string>();
}
