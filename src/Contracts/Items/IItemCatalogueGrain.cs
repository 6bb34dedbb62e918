namespace DinOrleans.Contracts.Items;

/// <summary>Writes to the item catalogue; one grain, key 0. Reads are resident in every silo.</summary>
[Alias("DinOrleans.IItemCatalogueGrain")]
public interface IItemCatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>Adds or replaces items, all or none; live on every silo within a second.</summary>
    /// <returns>How many items were written.</returns>
    /// <exception cref="InvalidInputException">An item breaks a rule; none was written.</exception>
    [Alias("Put"), ResponseTimeout(CallDeadlines.Usual)]
    Task<int> PutAsync([Immutable] IReadOnlyList<Item> items, CancellationToken cancellationToken = default);

    /// <summary>The names and types that inputs are checked against.</summary>
    [Alias("GetSchema"), ResponseTimeout(CallDeadlines.Usual)]
    Task<InputSchema> GetSchemaAsync(CancellationToken cancellationToken = default);
}

/// <summary>What an input may name: the part of the feature schema that callers see.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.InputSchema")]
public sealed record InputSchema
{
    /// <summary>Event types that may be sent.</summary>
    [Id(0)]
    public required IReadOnlyList<string> EventTypes { get; init; }

    /// <summary>Item features beside the item id.</summary>
    [Id(1)]
    public required IReadOnlyList<InputFeature> ItemFeatures { get; init; }

    [Id(2)]
    public required IReadOnlyList<InputFeature> UserFeatures { get; init; }

    [Id(3)]
    public required IReadOnlyList<InputFeature> ContextFeatures { get; init; }
}

/// <summary>A feature that an input may name.</summary>
/// <param name="Name">The feature's name in the schema.</param>
/// <param name="Numeric">True where the value must be a finite number in invariant notation.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.InputFeature")]
public sealed record InputFeature([property: Id(0)] string Name, [property: Id(1)] bool Numeric);
