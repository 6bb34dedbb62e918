namespace DinOrleans.Contracts.Schema;

/// <summary>The part of the feature schema that callers see: the names that an input may use.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.InputSchema")]
public sealed record InputSchema
{
    /// <summary>The event types that may be sent.</summary>
    [Id(0)]
    public required IReadOnlyList<string> EventTypes { get; init; }

    /// <summary>The features of items besides the item id.</summary>
    [Id(1)]
    public required IReadOnlyList<InputFeature> ItemFeatures { get; init; }

    /// <summary>The features of users.</summary>
    [Id(2)]
    public required IReadOnlyList<InputFeature> UserFeatures { get; init; }

    /// <summary>The features of the moment of a ranking or an event.</summary>
    [Id(3)]
    public required IReadOnlyList<InputFeature> ContextFeatures { get; init; }
}

/// <summary>A feature that an input may name.</summary>
/// <param name="Name">The feature's name in the schema.</param>
/// <param name="Numeric">True where the value must be a finite number in invariant notation.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.InputFeature")]
public sealed record InputFeature([property: Id(0)] string Name, [property: Id(1)] bool Numeric);
