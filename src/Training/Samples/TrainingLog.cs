using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;
using DinOrleans.Model.Schema;

namespace DinOrleans.Training.Samples;

/// <summary>All that training learns from, in columns: the catalogue, the profiles and every event.</summary>
public sealed class TrainingLog
{
    private readonly Codebook _items;
    private readonly Codebook _users;

    internal TrainingLog(Codebook items, Codebook users)
    {
        _items = items;
        _users = users;
    }

    /// <summary>What the columns mean.</summary>
    public required FeatureSchema Schema { get; init; }

    /// <summary>Item ids by item index: the catalogue, then items that only events name.</summary>
    public IReadOnlyList<string> ItemIds => _items.Values;

    /// <summary>User ids by user index: those with a profile, then those that only events name.</summary>
    public IReadOnlyList<string> UserIds => _users.Values;

    /// <summary>One row an item; items that only events name have missing features.</summary>
    public required EntityTable Items { get; init; }

    /// <summary>[items] whether the catalogue has the item; false for one that only events name.</summary>
    internal bool[] InCatalogue { get; init; } = [];

    /// <summary>One row a user.</summary>
    public required EntityTable Users { get; init; }

    /// <summary>One row an event, in the order of <see cref="Events"/>.</summary>
    public required EntityTable Contexts { get; init; }

    /// <summary>Every event.</summary>
    public required EventTable Events { get; init; }

    /// <summary>Events left out because the schema does not know their type.</summary>
    public required int SkippedEvents { get; init; }

    /// <summary>Numeric features with values that count as missing because they break the rule of numbers; a dataset folder has none.</summary>
    public IReadOnlyList<UnreadableNumbers> Unreadable { get; init; } = [];

    /// <summary>SHA-256 of schema, ids, features and events, in hexadecimal: equal for equal streams in equal order.</summary>
    public required string Digest { get; init; }

    /// <summary>Times of the first and the last event; both the Unix epoch where there are none.</summary>
    public required (DateTimeOffset From, DateTimeOffset To) Window { get; init; }

    /// <summary>The index of an item; −1 where the log does not know it.</summary>
    public int FindItem(string itemId) => _items.Find(itemId);

    /// <summary>The index of a user; −1 where the log does not know them.</summary>
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
