using DinOrleans.Datasets;
using DinOrleans.Datasets.Import;

namespace DinOrleans.Cli.Imports;

/// <summary>A dataset that was imported.</summary>
/// <param name="Folder">The folder of the dataset.</param>
/// <param name="Events">The number of events.</param>
/// <param name="EventUsers">The number of users that have events.</param>
/// <param name="From">The time of the earliest event; null without events.</param>
/// <param name="To">The time of the latest event; null without events.</param>
/// <param name="Items">The number of items in the catalogue.</param>
/// <param name="Profiles">The number of users with a profile.</param>
/// <param name="UnmatchedEvents">The number of events on items that the catalogue does not have.</param>
/// <param name="UnmatchedItems">The number of items that events name and the catalogue does not have.</param>
/// <param name="LeftOut">The number of rows that were left out.</param>
/// <param name="LeftOutRows">The rows that were left out, by the reason.</param>
/// <param name="Notes">Sentences about values that could be read in more than one way, about lists, and about columns that cannot be read.</param>
internal sealed record ImportedDataset(
    string Folder,
    long Events,
    long EventUsers,
    DateTimeOffset? From,
    DateTimeOffset? To,
    long Items,
    long Profiles,
    long UnmatchedEvents,
    long UnmatchedItems,
    long LeftOut,
    IReadOnlyList<LeftOutRows> LeftOutRows,
    IReadOnlyList<string> Notes)
{
    public static ImportedDataset Create(string folder, ImportResult result)
    {
        DatasetSummary dataset = result.Dataset;
        return new(
            folder,
            dataset.Events,
            dataset.EventUsers,
            dataset.Window?.From,
            dataset.Window?.To,
            dataset.Items,
            dataset.Profiles,
            dataset.UnmatchedEvents,
            dataset.UnmatchedItems,
            result.LeftOut,
            result.LeftOutRows,
            result.Notes);
    }

    /// <summary>What was imported and what was left out, in lines.</summary>
    public static string Describe(string folder, ImportResult result) =>
        string.Join('\n', [$"{folder}: {result.Dataset}.", result.DescribeLeftOut(), .. result.Notes]);
}
