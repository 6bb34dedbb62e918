using System.Text.Json;

namespace DinOrleans.Client;

/// <summary>How a version was made.</summary>
public sealed record ModelOrigin
{
    /// <summary>The name of the version.</summary>
    public required string Version { get; init; }

    /// <summary>The model, for example "din".</summary>
    public required string Kind { get; init; }

    /// <summary>When its training ended.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The version whose weights its training started from; null for fresh weights.</summary>
    public string? StartedFrom { get; init; }

    /// <summary>The complete options of the model.</summary>
    public JsonElement Options { get; init; }

    /// <summary>The time of the first event that it learned from.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>The time of the last event that it learned from.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>The number of events that it learned from.</summary>
    public long Events { get; init; }
}
