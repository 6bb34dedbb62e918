using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;
using DinOrleans.Model.Schema;

namespace DinOrleans.Training.Log;

/// <summary>Everything that a training learns from, in columns: the catalogue, the profiles and all events.</summary>
public sealed class TrainingLog
{
    private readonly Codebook _items;
    private readonly Codebook _users;

    internal TrainingLog(Codebook items, Codebook users)
    {
        _items = items;
        _users = users;
    }

    /// <summary>The schema, which says what the columns mean.</summary>
    public required FeatureSchema Schema { get; init; }

    /// <summary>The item ids by item index: first the catalogue, then the items that only events name.</summary>
    public IReadOnlyList<string> ItemIds => _items.Values;

    /// <summary>The user ids by user index: first the users with a profile, then the users that only events name.</summary>
    public IReadOnlyList<string> UserIds => _users.Values;

    /// <summary>One row per item. Items that only events name have no features but their id.</summary>
    public required EntityTable Items { get; init; }

    /// <summary>[items] True where the catalogue has the item, false where only events name it.</summary>
    internal bool[] InCatalogue { get; init; } = [];

    /// <summary>One row per user.</summary>
    public required EntityTable Users { get; init; }

    /// <summary>One row per event, in the order of <see cref="Events"/>.</summary>
    public required EntityTable Contexts { get; init; }

    /// <summary>All events.</summary>
    public required EventTable Events { get; init; }

    /// <summary>The number of events that were left out because the schema does not have their type.</summary>
    public required int SkippedEvents { get; init; }

    /// <summary>
    /// The numeric features that have values which count as missing because they break the rule of numbers. A dataset folder has none, because
    /// reading it refuses such values.
    /// </summary>
    public IReadOnlyList<UnreadableNumbers> Unreadable { get; init; } = [];

    /// <summary>The SHA-256 of schema, ids, features and events in hexadecimal. It is equal for equal data in equal order.</summary>
    public required string Digest { get; init; }

    /// <summary>The times of the first and the last event. Both are the Unix epoch where there is no event.</summary>
    public required (DateTimeOffset From, DateTimeOffset To) Window { get; init; }

    /// <summary>The index of an item, or −1 where the log does not have it.</summary>
    public int FindItem(string itemId) => _items.Find(itemId);

    /// <summary>The index of a user, or −1 where the log does not have them.</summary>
    public int FindUser(string userId) => _users.Find(userId);

    /// <summary>Reads a dataset folder.</summary>
    /// <exception cref="DatasetException">A row breaks a rule. The message names the file, the line and the rule.</exception>
    public static Task<TrainingLog> LoadAsync(DatasetFolder folder, CancellationToken cancellationToken) => LoadAsync(
        folder.Schema,
        folder.ReadItems().ToAsyncEnumerable(),
        folder.ReadUsers().ToAsyncEnumerable(),
        folder.ReadEvents().ToAsyncEnumerable(),
        cancellationToken);

    /// <summary>Reads streams. A later item or profile of the same id replaces an earlier one.</summary>
    public static async Task<TrainingLog> LoadAsync(
        FeatureSchema schema,
        IAsyncEnumerable<Item> items,
        IAsyncEnumerable<KeyValuePair<string, UserProfile>> users,
        IAsyncEnumerable<BehaviourEvent> events,
        CancellationToken cancellationToken)
    {
        var builder = new TrainingLogBuilder(schema);
        await foreach (Item item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            builder.Add(item);
        }

        await foreach ((string userId, UserProfile profile) in users.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            builder.Add(userId, profile);
        }

        await foreach (BehaviourEvent behaviour in events.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            builder.Add(behaviour);
        }

        return builder.Build();
    }
}
