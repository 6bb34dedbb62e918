using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;

namespace DinOrleans.Standalone.Shop;

/// <summary>Fills the stores from a dataset, once. If it is cut short, the next start begins again; events are applied once by their ids.</summary>
public sealed class ShopLoader(ShopFolders folders, IItemStore items, IProfileStore profiles, IBehaviourLog behaviours)
{
    private const int RowsAWrite = 1_000;

    /// <summary>Writes that wait at the same time share a commit.</summary>
    private const int WritesAtOnce = 8;

    /// <summary>Loads the dataset if it has not been loaded yet.</summary>
    /// <returns>The number of events that were loaded; 0 if the dataset had been loaded before.</returns>
    /// <exception cref="DatasetException">A row of the dataset breaks a rule, or the data folder was filled from another dataset.</exception>
    public async Task<long> LoadAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(folders.LoadedMark))
        {
            return 0;
        }

        DatasetFolder dataset = DatasetFolder.Open(folders.Dataset);
        foreach (Item[] chunk in dataset.ReadItems().Chunk(RowsAWrite))
        {
            await items.PutAsync(chunk, cancellationToken).ConfigureAwait(false);
        }

        foreach (KeyValuePair<string, UserProfile>[] chunk in dataset.ReadUsers().Chunk(RowsAWrite))
        {
            await profiles.AddAsync(chunk, cancellationToken).ConfigureAwait(false);
        }

        long events = await LoadEventsAsync(dataset, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(folders.LoadedMark, folders.Dataset, cancellationToken).ConfigureAwait(false);
        return events;
    }

    private async Task<long> LoadEventsAsync(DatasetFolder dataset, CancellationToken cancellationToken)
    {
        // The writes are queued in file order, which decides among events of one time, and awaited together, so that they share commits.
        var writing = new Queue<Task<AppendResult>>();
        long events = 0;
        try
        {
            foreach (BehaviourEvent[] chunk in dataset.ReadEvents().Chunk(RowsAWrite))
            {
                if (writing.Count == WritesAtOnce)
                {
                    await writing.Dequeue().ConfigureAwait(false);
                }

                writing.Enqueue(behaviours.AppendAsync(chunk, cancellationToken));
                events += chunk.Length;
            }
        }
        finally
        {
            await Task.WhenAll(writing).ConfigureAwait(false);
        }

        return events;
    }
}
