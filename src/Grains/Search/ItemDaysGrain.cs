using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Validation;
using DinOrleans.Storage.ItemDays;
using Orleans.Concurrency;

namespace DinOrleans.Grains.Search;

/// <inheritdoc cref="IItemDaysGrain"/>
[StatelessWorker, Reentrant]
public sealed class ItemDaysGrain(IItemDayStore store) : Grain, IItemDaysGrain
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ItemDay>> GetAsync(string itemId, int days, CancellationToken cancellationToken)
    {
        SearchRules.CheckDays(itemId, days).ThrowIfAny();
        IReadOnlyList<ItemDayCount> counts = await store.ReadAsync(itemId, days, cancellationToken);
        return [.. counts.GroupBy(c => c.Day).Select(day => new ItemDay(day.Key, day.ToDictionary(c => c.Type, c => c.Count)))];
    }
}
