using System.Globalization;

namespace DinOrleans.Datasets;

/// <summary>A summary of a dataset, which shows at a glance if times or ids were read in a wrong way.</summary>
/// <param name="Items">The number of items in the catalogue.</param>
/// <param name="Profiles">The number of users with a profile.</param>
/// <param name="Events">The number of events.</param>
/// <param name="EventUsers">The number of users that have events.</param>
public sealed record DatasetSummary(long Items, long Profiles, long Events, long EventUsers)
{
    /// <summary>The times of the earliest and the latest event, or null without events.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Window { get; init; }

    /// <summary>The number of events on items that the catalogue does not have.</summary>
    public long UnmatchedEvents { get; init; }

    /// <summary>The number of items that events name and the catalogue does not have.</summary>
    public long UnmatchedItems { get; init; }

    /// <summary>The id of one of these items, or null if none is known.</summary>
    public string? UnmatchedItem { get; init; }

    /// <summary>The summary in one sentence. Numbers have the same form on every machine.</summary>
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
