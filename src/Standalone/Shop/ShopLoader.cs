using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;

namespace DinOrleans.Standalone.Shop;

/// <summary>Fills the stores from a dataset, once. Cut short, it starts again: events are applied once by their ids.</summary>
public sealed class ShopLoader(ShopFolders folders, IItemStore items, IProfileStore profiles, IBehaviourLog behaviours)
{
    private const int RowsAWrite = 1_000;

    /// <summary>What waits together is committed together.</summary>
    private const int WritesAtOnce = 8;

    /// <summary>Loads what is not there yet.</summary>
    /// <returns>How many events were loaded; 0 where all of it was there.</returns>
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
        // Asked for in file order, which decides among events of one time; waited for together, so that they share commits.
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
