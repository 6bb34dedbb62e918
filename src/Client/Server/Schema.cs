namespace DinOrleans.Client;

/// <summary>The event types and features that requests may name.</summary>
public sealed record Schema
{
    /// <summary>The event types that may be sent.</summary>
    public required IReadOnlyList<string> EventTypes { get; init; }

    /// <summary>The features of items besides the item id.</summary>
    public required IReadOnlyList<SchemaFeature> ItemFeatures { get; init; }

    /// <summary>The features of users.</summary>
    public required IReadOnlyList<SchemaFeature> UserFeatures { get; init; }

    /// <summary>The features of the moment of a ranking or an event.</summary>
    public required IReadOnlyList<SchemaFeature> ContextFeatures { get; init; }
}

/// <summary>A feature that a request may name.</summary>
/// <param name="Name">The name of the feature.</param>
/// <param name="Numeric">True where the value must be a finite number in invariant notation.</param>
public sealed record SchemaFeature(string Name, bool Numeric);
