using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Items;

/// <summary>Knows how many events each item had per day. Its key is 0.</summary>
[Alias("DinOrleans.IItemDaysGrain"), Version(1)]
public interface IItemDaysGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Returns the days on which an item had events. The counts follow the events by a few seconds. They are without users, so an erasure leaves them as
    /// they are.
    /// </summary>
    /// <param name="itemId">The item.</param>
    /// <param name="days">How many days to look back from the latest day that has events, 1 to <see cref="InputLimits.ItemDays"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The days in their order. Days without events are left out, and an item without events has none.</returns>
    /// <exception cref="InvalidInputException">The id or the number of days breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read now. Try again.</exception>
    [Alias("Get"), ResponseTimeout(CallDeadlines.Usual)]
    Task<IReadOnlyList<ItemDay>> GetAsync(string itemId, int days, CancellationToken cancellationToken = default);
}

/// <summary>The events on an item on one day.</summary>
/// <param name="Day">The day of the events' own times, in UTC.</param>
/// <param name="Events">The number of events by their type.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ItemDay")]
public sealed record ItemDay([property: Id(0)] DateOnly Day, [property: Id(1)] IReadOnlyDictionary<string, long> Events);
