namespace DinOrleans.Training.Network.Embeddings;

/// <summary>The embedding tables of a network, and the rows of all items, users and contexts in them.</summary>
public sealed class RankingEmbeddings
{
    /// <summary>The tables of item features, in schema order.</summary>
    public required IReadOnlyList<TrainableTable> ItemTables { get; init; }

    /// <summary>[rows of <c>item_id</c>, 1] The item bias, which is looked up by the row of <c>item_id</c>.</summary>
    public required TrainableTable ItemBias { get; init; }

    /// <summary>The position of <c>item_id</c> among the item features.</summary>
    public required int ItemIdFeature { get; init; }

    /// <summary>The tables of profile features, in schema order.</summary>
    public IReadOnlyList<TrainableTable> UserTables { get; init; } = [];

    /// <summary>The tables of context features, in schema order.</summary>
    public IReadOnlyList<TrainableTable> ContextTables { get; init; } = [];

    public required EntityRows Items { get; init; }

    public EntityRows Users { get; init; } = EntityRows.None;

    public EntityRows Contexts { get; init; } = EntityRows.None;

    /// <summary>All tables. The item bias is last.</summary>
    public IEnumerable<TrainableTable> Tables => [.. ItemTables, .. UserTables, .. ContextTables, ItemBias];
}
