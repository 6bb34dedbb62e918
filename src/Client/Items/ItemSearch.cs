namespace DinOrleans.Client;

/// <summary>Selects items by the beginnings of their ids, by the value of a feature, or by both.</summary>
public sealed record ItemSearch
{
    /// <summary>The beginning of the ids, at most 200 characters. Capital letters count. Empty for all items.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>A feature that the items must have a value of; null to search by id alone.</summary>
    public FeatureValue? Feature { get; init; }

    /// <summary>The number of items of the page at most, 1 to 100. Default 20.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>The <see cref="ItemPage.Next"/> of the page before; null for the first page.</summary>
    public string? After { get; init; }
}

/// <summary>A value of a feature that is not a number.</summary>
/// <param name="Name">The name of the feature.</param>
/// <param name="Value">The value.</param>
public sealed record FeatureValue(string Name, string Value);
