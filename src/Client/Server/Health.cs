namespace DinOrleans.Client;

/// <summary>The state of a gateway.</summary>
/// <param name="Status">"started", "live" or "ready".</param>
/// <param name="Source">What would make the scores of a ranking, "model" or "popularity"; null where that was not asked for.</param>
/// <param name="Writes">True where events, items and profiles are taken now; null where that was not asked for.</param>
public sealed record Health(string Status, string? Source = null, bool? Writes = null);
