using System.Globalization;

namespace DinOrleans.Datasets;

/// <summary>What a dataset holds: what shows at a glance that times or ids were not read as they were meant.</summary>
/// <param name="Items">Items of the catalogue.</param>
/// <param name="Profiles">Users with a profile.</param>
/// <param name="Events">Events.</param>
/// <param name="EventUsers">Users that have events.</param>
public sealed record DatasetSummary(long Items, long Profiles, long Events, long EventUsers)
{
    /// <summary>Times of the earliest and the latest event; null where there are none.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Window { get; init; }

    /// <summary>Events on items that the catalogue lacks.</summary>
    public long UnmatchedEvents { get; init; }

    /// <summary>Items that events name and the catalogue lacks.</summary>
    public long UnmatchedItems { get; init; }

    /// <summary>The id of one of them; null where none is remembered.</summary>
    public string? UnmatchedItem { get; init; }

    /// <summary>In one sentence. Numbers are written alike everywhere.</summary>
    public override string ToString()
    {
        string window = Window is { } w ? $" from {Rfc3339.Format(w.From)} to {Rfc3339.Format(w.To)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{Events:N0} events of {EventUsers:N0} users{window}; {Catalogue()}; {Profiles:N0} profiles");
    }

    private string Catalogue()
    {
        if (Items == 0)
        {
            return "no catalogue of items";
        }

        if (UnmatchedEvents == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Items:N0} items");
        }

        string example = UnmatchedItem is null ? "" : $", such as \"{UnmatchedItem}\"";
        return string.Create(
            CultureInfo.InvariantCulture, $"{Items:N0} items, and {UnmatchedEvents:N0} events on {UnmatchedItems:N0} items that are not among them{example}");
    }
}
